package dev.in.runner;

import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.process.StackFailure;
import dev.in.runner.replay.ReplaySite;
import dev.in.runner.status.StackInfo;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which iN a replay works on: the stack that is up here, or a deployed one. */
final class ReplaySiteOptions {
  private static final String HISTORY = "log-enhancer";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--history",
      paramLabel = "URL",
      description =
          "The function log-enhancer of a deployment"
              + " (default: the stack that `in up` keeps running here).")
  private URI history;

  @Option(
      names = "--consumer",
      paramLabel = "URL",
      description = "The consumer of the same deployment.")
  private URI consumer;

  @Mixin private OperatorAccountOptions operator;

  /** Refuses what picocli cannot see is wrong. */
  void check() {
    if ((history == null) != (consumer == null)) {
      throw new ParameterException(
          command.commandLine(), "--history and --consumer belong together: give both or neither.");
    }
    if (history != null) {
      operator.require(command, "--history");
    }
  }

  /**
   * @param function the consumer's name
   */
  ReplaySite site(String function) throws StackFailure {
    if (history != null) {
      return new ReplaySite(
          new FunctionAddress(history, operator.audiences().of(HISTORY)),
          new FunctionAddress(consumer, operator.audiences().of(function)),
          operator.tokens());
    }
    StackInfo stack = operator.stack();
    return new ReplaySite(
        stack.address(HISTORY),
        stack.address(function),
        new LocalTokens(stack.operator().tokens()));
  }
}
