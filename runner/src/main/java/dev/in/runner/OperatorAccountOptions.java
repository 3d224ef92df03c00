package dev.in.runner;

import dev.in.runner.operator.GcloudTokens;
import dev.in.runner.operator.OperatorTokens;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.PushAudience;
import dev.in.runner.status.StackInfo;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Who asks a deployed iN's functions, and where the stack on this machine is. */
final class OperatorAccountOptions {
  @Option(
      names = "--operator",
      paramLabel = "ACCOUNT",
      defaultValue = "${env:IN_OPERATOR_SERVICE_ACCOUNT}",
      description =
          "The service account that gcloud impersonates there"
              + " (default: IN_OPERATOR_SERVICE_ACCOUNT).")
  private String account;

  @Option(
      names = "--audience",
      paramLabel = "PREFIX",
      defaultValue = "in-push",
      description = "Terraform's push_audience (default: in-push).")
  private String audience;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFile;

  /**
   * @param option the one that names a deployed function
   */
  void require(CommandSpec command, String option) {
    if (account == null || account.isBlank()) {
      throw new ParameterException(
          command.commandLine(), option + " needs --operator or IN_OPERATOR_SERVICE_ACCOUNT.");
    }
  }

  PushAudience audiences() {
    return new PushAudience(audience);
  }

  OperatorTokens tokens() {
    return new GcloudTokens(account);
  }

  StackInfo stack() throws StackFailure {
    return StackInfo.read(Installation.find().root().resolve(upFile));
  }
}
