package dev.in.runner;

import dev.in.events.EventType;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.process.StackFailure;
import dev.in.runner.replay.Checkpoint;
import dev.in.runner.replay.Replay;
import dev.in.runner.replay.ReplayReport;
import dev.in.runner.replay.ReplayTarget;
import dev.in.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends a span of the history to one consumer. */
@Command(
    name = "replay",
    description = {
      "Send events of the history to one consumer again; no other consumer gets them.",
      "Exit code: 0 all were acked, 1 the consumer can never take some of them, 2 the consumer"
          + " takes no replays, 3 no stack is running, or it does not answer."
          + " docs/operations/redrive.md has more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  private static final int MAX_RATE = 1_000;
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  /** A time, or a position that a replay has printed. */
  private static final Pattern POSITION = Pattern.compile(TIME + "(/[0-9a-f-]{36})?");

  @Spec private CommandSpec command;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "CONSUMER",
      description = "The consumer, such as tag-indexer.")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "1970-01-01T00:00:00Z",
      description =
          "Events recorded at this time or later, as 2026-11-26T12:00:00Z, or behind the position"
              + " that an interrupted replay has printed (default: all that are kept).")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Events recorded before this time (default: now).")
  private Instant until;

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      description = "Only these types, such as task.completed (default: all that it consumes).")
  private List<String> types = List.of();

  @Option(names = "--dry-run", description = "Count the events; send nothing.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many events a second (default: 20).")
  private int rate;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Keep in this file how far it has come, until all is done; where the file is there"
              + " already, go on behind it, wherever --from is.")
  private Path checkpoint;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long an event is sent again that is not acked (default: 300).")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private ReplaySiteOptions site;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    ReplayTarget target = target();
    Console console = new PlainConsole(System.err::println, false);
    Checkpoint span = span(target, console);
    Replay replay =
        new Replay(
            site.site(to),
            target,
            new RetryPolicy(Duration.ofSeconds(timeoutSeconds), console::note),
            console::note);
    try {
      ReplayReport report =
          dryRun
              ? replay.count(span.after(), span.until())
              : replay.run(span.after(), span.until(), rate, Optional.ofNullable(checkpoint));
      (json ? List.of(report.json()) : report.lines()).forEach(System.out::println);
      return report.complete() ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
    } catch (EdgeRefusal refusal) {
      throw new StackFailure("the replay cannot go on: " + refusal.getMessage(), refusal);
    }
  }

  /** From the options, or from the checkpoint that an interrupted replay has left. */
  private Checkpoint span(ReplayTarget target, Console console) throws StackFailure {
    Instant end = until == null ? Instant.now() : until;
    Checkpoint asked = new Checkpoint(target.description(), from, end);
    if (checkpoint == null) {
      return asked;
    }
    Optional<Checkpoint> left = Checkpoint.read(checkpoint);
    if (left.isPresent() && !left.get().consumer().equals(asked.consumer())) {
      throw new StackFailure(
          "%s is the checkpoint of another replay: of %s"
              .formatted(checkpoint, left.get().consumer()));
    }
    if (left.isPresent() && until != null && !left.get().until().equals(until)) {
      throw new StackFailure(
          "%s is the checkpoint of a replay until %s, not %s"
              .formatted(checkpoint, left.get().until(), until));
    }
    left.ifPresent(one -> console.note("going on behind " + one.after()));
    return left.orElse(asked);
  }

  private ReplayTarget target() {
    require(rate >= 1 && rate <= MAX_RATE, "--rate must be 1 to %d.".formatted(MAX_RATE));
    require(timeoutSeconds >= 1, "--timeout must be at least 1.");
    require(POSITION.matcher(from).matches(), "--from is not a time, nor a position.");
    site.check();
    Topology topology = Topology.load();
    Topology.Function function = topology.functions().get(to);
    require(
        function != null,
        "There is no function '%s'; there are %s."
            .formatted(to, String.join(", ", topology.functions().keySet())));
    require(
        function.replayable(),
        "%s takes no replays: topology.yaml does not say that it may get its events again."
            .formatted(to));
    ReplayTarget target = ReplayTarget.of(topology, to);
    return types.isEmpty()
        ? target
        : target.only(types.stream().map(type -> type(type, target)).toList());
  }

  private EventType type(String name, ReplayTarget target) {
    return EventType.fromWire(name)
        .filter(target.subscriptions()::containsKey)
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "There is no type '%s' for %s.".formatted(name, target.description())));
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
