package dev.in.runner;

import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.process.StackFailure;
import dev.in.runner.redrive.Site;
import dev.in.runner.status.StackInfo;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which iN a command for operators works on: the stack that is up here, or a deployed one. */
final class OperatorOptions {
  private static final String RECOVERY = "recovery";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--edge",
      paramLabel = "URL",
      description = "A deployed edge (default: the stack that `in up` keeps running here).")
  private URI edge;

  @Option(
      names = "--recovery",
      paramLabel = "URL",
      description = "The function recovery of the same deployment.")
  private URI recovery;

  @Mixin private OperatorAccountOptions operator;

  /** Refuses what picocli cannot see is wrong. */
  void check() {
    if ((edge == null) != (recovery == null)) {
      throw new ParameterException(
          command.commandLine(), "--edge and --recovery belong together: give both or neither.");
    }
    if (edge != null) {
      operator.require(command, "--edge");
    }
  }

  Site site() throws StackFailure {
    return edge == null ? local() : deployed();
  }

  private Site deployed() {
    String edgeAudience = edge.getScheme() + "://" + edge.getAuthority();
    return new Site(
        edge,
        edgeAudience,
        new FunctionAddress(recovery, operator.audiences().of(RECOVERY)),
        operator.tokens());
  }

  private Site local() throws StackFailure {
    StackInfo stack = operator.stack();
    StackInfo.Operator local = stack.operator();
    return new Site(
        stack.edge(),
        local.edgeAudience(),
        stack.address(RECOVERY),
        new LocalTokens(local.tokens()));
  }
}
