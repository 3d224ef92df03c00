package dev.in.runner;

import dev.in.runner.drill.Cases;
import dev.in.runner.drill.Drill;
import dev.in.runner.drill.DrillNetwork;
import dev.in.runner.drill.DrillOptions;
import dev.in.runner.drill.DrillStack;
import dev.in.runner.drill.Drills;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.StackExtent;
import dev.in.runner.stack.StackOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Breaks something on purpose, on a stack of its own, and says whether the guarantees hold. */
@Command(
    name = "drill",
    description = {
      "Rehearse a failure on a local cloud that is started for it.",
      "Exit code: 0 the guarantees hold, 1 they do not. docs/operations/drills.md has the drills."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class DrillCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "The drill's name; several run one after the other.")
  private List<String> names;

  @Option(names = "--json", description = "Print one JSON object a line for each case.")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of everything random (default: a new one, which is printed).")
  private Long seed;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many tasks are submitted (default: as many as the drill likes).")
  private int tasks;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "0",
      description = "Run only so many of the drill's cases, chosen by the seed (default: all).")
  private int sample;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "Also write the cases as a Markdown table, between its marks if it has some.")
  private Path table;

  @Option(names = "--verbose", description = "Show the output of every component.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    List<Drill> drills =
        names.stream().map(name -> Drills.named(name).orElseThrow(() -> unknown(name))).toList();
    if (tasks < 0 || sample < 0) {
      throw new ParameterException(
          command.commandLine(), "--tasks and --sample must not be negative.");
    }
    DrillOptions options =
        new DrillOptions(seed == null ? new Random().nextInt(1_000_000) : seed, tasks, sample);
    Console console = new PlainConsole(System.err::println, verbose);
    Cases cases = new Cases(one -> System.out.println(json ? one.json() : one.text()));
    for (int done = 0; done < drills.size(); ) {
      Drill first = drills.get(done);
      List<Drill> together = drills.stream().skip(done).takeWhile(first::sharesStackWith).toList();
      run(together, options, cases, console);
      done += together.size();
    }
    if (table != null) {
      cases.writeTable(
          table,
          "./in drill %s --seed %d, %s"
              .formatted(String.join(" ", names), options.seed(), LocalDate.now(ZoneOffset.UTC)));
    }
    long failed = cases.all().stream().filter(one -> !one.ok()).count();
    console.note("%d cases, %d failed".formatted(cases.all().size(), failed));
    return cases.hold() ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }

  /** On one stack. */
  private static void run(List<Drill> drills, DrillOptions options, Cases cases, Console console)
      throws Exception {
    Path image = Installation.find().root().resolve("samples/flag.gif");
    Drill first = drills.getFirst();
    try (DrillNetwork network = DrillNetwork.open();
        StackSession session = StackSession.start(stackOptions(first, network), console)) {
      if (first.extent() == StackExtent.EVERYTHING) {
        session.stack().startSideConsumers();
      }
      DrillStack stack = new DrillStack(session.stack(), network, image);
      try {
        for (Drill drill : drills) {
          console.note("%s: %s (seed %d)".formatted(drill.name(), drill.summary(), options.seed()));
          drill.run(stack, options, cases);
        }
      } catch (StackFailure failure) {
        StackSession.awaitEndIf(session.stack().closing());
        throw failure;
      }
    }
  }

  private static StackOptions stackOptions(Drill drill, DrillNetwork network) {
    StackOptions defaults = StackOptions.defaults();
    return defaults
        .withExtent(drill.extent())
        .withSwitchedOn(drill.reportsProgress() ? defaults.switchedOn() : Set.of())
        .withSettings(network.settings(drill))
        .withFunctionSettings(drill.functionSettings());
  }

  private ParameterException unknown(String name) {
    return new ParameterException(
        command.commandLine(),
        "There is no drill '%s'; there are %s."
            .formatted(
                name, Drills.ALL.stream().map(Drill::name).collect(Collectors.joining(", "))));
  }
}
