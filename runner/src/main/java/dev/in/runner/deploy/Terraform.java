package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Terraform on the configuration of an environment. */
final class Terraform {
  private static final String LOCK_FILE = ".terraform.lock.hcl";
  private static final String KEPT_LOCK_FILE = "providers/terraform.lock.hcl";

  private final Programs programs;
  private final Path folder;
  private final String environment;
  private final StateBucket bucket;

  Terraform(Programs programs, Path root, String environment, StateBucket bucket) {
    this.programs = programs;
    this.folder = root.resolve("terraform");
    this.environment = environment;
    this.bucket = bucket;
  }

  /** With the providers of the last deployment, where the repository does not name them. */
  void init() throws StackFailure, InterruptedException {
    if (!Files.exists(lockFile())) {
      bucket.fetch(KEPT_LOCK_FILE, lockFile());
    }
    run("init", "-input=false", "-reconfigure", "-backend-config=bucket=" + bucket.name());
  }

  /** For later deployments, the pipeline's among them. */
  void keepProviders() throws StackFailure, InterruptedException {
    bucket.keep(lockFile(), KEPT_LOCK_FILE);
  }

  /** Whether the state has it: false as well as long as there is no state. */
  boolean has(String address) throws StackFailure, InterruptedException {
    Programs.Output output = programs.run(folder, command("state", "list", address));
    return output.succeeded() && !output.text().isEmpty();
  }

  /** What the state says, empty as long as it does not. */
  Optional<String> output(String name) throws StackFailure, InterruptedException {
    Programs.Output output = programs.run(folder, command("output", "-raw", name));
    return Optional.of(output.text()).filter(text -> output.succeeded() && !text.isEmpty());
  }

  /**
   * @param options such as variables
   */
  void plan(List<String> options) throws StackFailure, InterruptedException {
    withVariables("plan", options);
  }

  void apply(List<String> options) throws StackFailure, InterruptedException {
    approved("apply", options);
  }

  void destroy(List<String> options) throws StackFailure, InterruptedException {
    approved("destroy", options);
  }

  /** Leaves it where it is. */
  void forget(String address) throws StackFailure, InterruptedException {
    run("state", "rm", address);
  }

  private void approved(String command, List<String> options)
      throws StackFailure, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("-auto-approve");
    withVariables(command, all);
  }

  private void withVariables(String command, List<String> options)
      throws StackFailure, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command, "-input=false"));
    arguments.add("-var-file=environments/%s.tfvars".formatted(environment));
    arguments.addAll(options);
    run(arguments.toArray(String[]::new));
  }

  private Path lockFile() {
    return folder.resolve(LOCK_FILE);
  }

  private void run(String... arguments) throws StackFailure, InterruptedException {
    Required.run(programs, folder, command(arguments));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    return command;
  }
}
