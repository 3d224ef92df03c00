package dev.in.runner;

import dev.in.runner.operator.GcloudTokens;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.process.StackFailure;
import dev.in.runner.redrive.Site;
import dev.in.runner.stack.Installation;
import dev.in.runner.status.StackInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
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

  @Option(
      names = "--operator",
      paramLabel = "ACCOUNT",
      defaultValue = "${env:IN_OPERATOR_SERVICE_ACCOUNT}",
      description =
          "The service account that gcloud impersonates there"
              + " (default: IN_OPERATOR_SERVICE_ACCOUNT).")
  private String account;

  @Option(
      names = "--recovery-audience",
      paramLabel = "AUDIENCE",
      defaultValue = "in-push",
      description = "Terraform's push_audience (default: in-push).")
  private String recoveryAudience;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFile;

  /** Refuses what picocli cannot see is wrong. */
  void check() {
    if ((edge == null) != (recovery == null)) {
      throw new ParameterException(
          command.commandLine(), "--edge and --recovery belong together: give both or neither.");
    }
    if (edge != null && (account == null || account.isBlank())) {
      throw new ParameterException(
          command.commandLine(), "--edge needs --operator or IN_OPERATOR_SERVICE_ACCOUNT.");
    }
  }

  Site site() throws StackFailure {
    return edge == null ? local() : deployed();
  }

  private Site deployed() {
    String edgeAudience = edge.getScheme() + "://" + edge.getAuthority();
    return new Site(edge, edgeAudience, recovery, recoveryAudience, new GcloudTokens(account));
  }

  private Site local() throws StackFailure {
    StackInfo stack = StackInfo.read(Installation.find().root().resolve(upFile));
    StackInfo.Operator operator = stack.operator();
    Optional<URI> address = stack.function(RECOVERY);
    return new Site(
        stack.edge(),
        operator.edgeAudience(),
        address.orElseThrow(() -> new StackFailure("this stack runs no recovery")),
        operator.functionAudience(),
        new LocalTokens(operator.tokens()));
  }
}
