package dev.in.runner;

import picocli.CommandLine.Option;

/** Which environment a command deploys or destroys. */
final class EnvironmentOptions {
  @Option(
      names = "--project",
      required = true,
      paramLabel = "PROJECT",
      description = "The Google Cloud project; it exists.")
  private String project;

  @Option(
      names = "--env",
      required = true,
      paramLabel = "NAME",
      description = "The environment: terraform/environments/NAME.tfvars describes it.")
  private String environment;

  String project() {
    return project;
  }

  String environment() {
    return environment;
  }
}
