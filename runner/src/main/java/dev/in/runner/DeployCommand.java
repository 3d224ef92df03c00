package dev.in.runner;

import dev.in.runner.deploy.Cloudflare;
import dev.in.runner.deploy.CloudflareApi;
import dev.in.runner.deploy.Deployment;
import dev.in.runner.deploy.Missing;
import dev.in.runner.deploy.SystemPrograms;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deploys this checkout to Google Cloud and Cloudflare. */
@Command(
    name = "deploy",
    description = {
      "Deploy this checkout: everything that Google Cloud and Cloudflare have of an environment.",
      "What is there already stays; interrupted, the same command goes on.",
      "CLOUDFLARE_API_TOKEN is Terraform's token, IN_TOKEN that of a user who sends an image"
          + " through.",
      "Exit code: 0, 1: something is missing that others must give, or 3: a step failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class DeployCommand implements Callable<Integer> {
  @Mixin private EnvironmentOptions environment;

  @Option(
      names = "--plan",
      description = "Show what is missing and what would be done, and do nothing.")
  private boolean plan;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = new PlainConsole(System.err::println, false);
    Deployment deployment =
        new Deployment(
            new SystemPrograms(),
            Installation.find().root(),
            environment.project(),
            environment.environment(),
            Optional.ofNullable(System.getenv("CLOUDFLARE_API_TOKEN"))
                .<Cloudflare>map(CloudflareApi::new),
            List.copyOf(Topology.load().functions().keySet()),
            System.getenv("IN_TOKEN") != null,
            console::note);
    List<Missing> missing = deployment.missing();
    for (Missing one : missing) {
      console.note("missing: " + one.what());
      console.note("  " + one.remedy());
    }
    if (plan) {
      deployment.plan();
    } else if (missing.isEmpty()) {
      deployment.run();
    }
    return missing.isEmpty() ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }
}
