package dev.in.runner;

import static java.util.Objects.requireNonNull;

import dev.in.runner.batch.Batch;
import dev.in.runner.batch.ProgressRecorder;
import dev.in.runner.batch.StageEnds;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.Tasks;
import dev.in.runner.input.Input;
import dev.in.runner.input.Inputs;
import dev.in.runner.process.StackFailure;
import dev.in.runner.report.Entry;
import dev.in.runner.report.Original;
import dev.in.runner.result.Row;
import dev.in.runner.result.Summary;
import dev.in.runner.result.Table;
import dev.in.runner.terminal.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ParameterException;

/** What {@code run} and {@code submit} do once there is an edge: inputs in, results out. */
final class Submission {
  private final InputOptions options;
  private final Console console;
  private final PrintStream out;
  private final List<Input> inputs;
  private final long deadline;

  /**
   * Reads the inputs; the clock of {@code --timeout} starts.
   *
   * @throws ParameterException when there is nothing to process
   */
  Submission(InputOptions options, Console console, PrintStream out) {
    this.options = requireNonNull(options, "options is null");
    this.console = requireNonNull(console, "console is null");
    this.out = requireNonNull(out, "out is null");
    options.check();
    this.deadline = System.nanoTime() + options.timeout().toNanos();
    this.inputs = Inputs.of(options.inputs(), console::note);
    if (inputs.isEmpty()) {
      throw new ParameterException(options.commandLine(), "There are no images to process.");
    }
  }

  /**
   * Processes all and prints the results.
   *
   * @param token for the edge, where it wants one
   * @param stageEnds has what the edge does not report of stages
   * @param abort ends it with a failure when it completes
   * @return the exit code
   */
  int run(
      URI edge, Optional<String> token, StageEnds stageEnds, CompletableFuture<StackFailure> abort)
      throws StackFailure, InterruptedException {
    EdgeClient client = new EdgeClient(edge, token);
    RetryPolicy retries = new RetryPolicy(options.timeout(), console::note).endingAt(deadline);
    try {
      awaitEdge(client, retries, edge);
    } catch (StackFailure failure) {
      show(inputs.stream().map(input -> notSubmitted(input, failure)).peek(this::print).toList());
      throw failure;
    }
    Tasks tasks = new Tasks(client, retries, options.submissionOptions());
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    ProgressRecorder recorder = new ProgressRecorder(console);
    Batch.Outcome outcome =
        new Batch(tasks, recorder, stageEnds).run(inputs, left, this::print, abort);
    List<Row> rows = outcome.rows();
    show(rows);
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
    writeReport(rows, recorder, client);
    return rows.stream().allMatch(Row::completed) ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }

  private void writeReport(List<Row> rows, ProgressRecorder recorder, EdgeClient client)
      throws StackFailure, InterruptedException {
    try {
      List<Entry> entries = new ArrayList<>();
      for (int index = 0; index < rows.size(); index++) {
        Row row = rows.get(index);
        Original original = new Originals(client).of(inputs.get(index), row);
        entries.add(new Entry(row, recorder.of(index), original));
      }
      console.note("report in " + ResultFolder.write(options.out(), rows, entries));
    } catch (IOException e) {
      throw new StackFailure("the results cannot be written to " + options.out() + ": " + e, e);
    }
  }

  private static Row notSubmitted(Input input, StackFailure failure) {
    return input instanceof Input.Unusable unusable
        ? Row.notSubmitted(unusable.name(), unusable.code(), unusable.message())
        : Row.notSubmitted(
            input.name(), TaskError.WAIT_TIMEOUT, "Not submitted: " + failure.getMessage());
  }

  /** The table, where rows are not printed one by one. */
  private void show(List<Row> rows) {
    if (!options.json()) {
      Table.lines(rows, new Terminal(System.getenv()).outputColumns()).forEach(out::println);
      if (rows.size() > 1) {
        out.println("\n" + Summary.of(rows));
      }
    }
  }

  private void print(Row row) {
    if (options.json()) {
      out.println(row.json());
      out.flush();
    }
  }

  private static void awaitEdge(EdgeClient client, RetryPolicy retries, URI edge)
      throws StackFailure, InterruptedException {
    try {
      retries.call(
          () -> {
            client.checkHealth();
            return true;
          });
    } catch (StackFailure | EdgeRefusal e) {
      throw new StackFailure("there is no edge at %s (%s)".formatted(edge, e.getMessage()), e);
    }
  }
}
