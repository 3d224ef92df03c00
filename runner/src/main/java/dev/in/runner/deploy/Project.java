package dev.in.runner.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A Google Cloud project: what is there, and what must be before Terraform can make the rest. */
final class Project {
  /**
   * What Terraform itself and the two service accounts of Google need; it switches on the others.
   */
  private static final List<String> APIS =
      List.of(
          "cloudresourcemanager.googleapis.com",
          "pubsub.googleapis.com",
          "secretmanager.googleapis.com",
          "serviceusage.googleapis.com",
          "storage.googleapis.com");

  /** Whose accounts are granted something: each must be there before. */
  private static final List<String> WITH_ACCOUNTS =
      List.of("pubsub.googleapis.com", "secretmanager.googleapis.com");

  private static final int MILLI = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Programs programs;
  private final Path root;
  private final String id;
  private final String region;

  Project(Programs programs, Path root, String id, String region) {
    this.programs = programs;
    this.root = root;
    this.id = id;
    this.region = region;
  }

  String id() {
    return id;
  }

  String region() {
    return region;
  }

  boolean isThere() throws StackFailure, InterruptedException {
    return ask("projects", "describe", id, "--format=value(lifecycleState)").equals("ACTIVE");
  }

  boolean hasBilling() throws StackFailure, InterruptedException {
    return ask("billing", "projects", "describe", id, "--format=value(billingEnabled)")
        .equals("True");
  }

  /** Whether service accounts may have keys: the edge has two. */
  boolean allowsKeys() throws StackFailure, InterruptedException {
    String enforced =
        ask(
            "resource-manager",
            "org-policies",
            "describe",
            "iam.disableServiceAccountKeyCreation",
            "--project=" + id,
            "--effective",
            "--format=value(booleanPolicy.enforced)");
    return !enforced.equals("True");
  }

  /** The region's quota of Cloud Run in CPUs; empty if it cannot be read. */
  OptionalInt cpus() throws StackFailure, InterruptedException {
    String quota =
        ask(
            "beta",
            "quotas",
            "info",
            "describe",
            "CpuAllocPerProjectRegion",
            "--service=run.googleapis.com",
            "--project=" + id,
            "--format=json");
    try {
      for (JsonNode limit : JSON.readTree(quota).path("dimensionsInfos")) {
        for (JsonNode location : limit.path("applicableLocations")) {
          if (location.asText().equals(region)) {
            return OptionalInt.of(limit.path("details").path("value").asInt() / MILLI);
          }
        }
      }
      return OptionalInt.empty();
    } catch (JsonProcessingException e) {
      return OptionalInt.empty();
    }
  }

  boolean hasApis() throws StackFailure, InterruptedException {
    String enabled = ask("services", "list", "--project=" + id, "--format=value(config.name)");
    return Set.copyOf(Arrays.asList(enabled.split("\\s+"))).containsAll(APIS);
  }

  void enableApis() throws StackFailure, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("services", "enable"));
    arguments.addAll(APIS);
    arguments.add("--project=" + id);
    gcloud(arguments.toArray(String[]::new));
  }

  void makeServiceAccounts() throws StackFailure, InterruptedException {
    for (String service : WITH_ACCOUNTS) {
      gcloud("beta", "services", "identity", "create", "--service=" + service, "--project=" + id);
    }
  }

  /** Prints what it answers; nothing if it refuses. */
  String ask(String... arguments) throws StackFailure, InterruptedException {
    Programs.Output output = programs.run(root, command(arguments));
    return output.succeeded() ? output.text() : "";
  }

  /** Whether it does it. */
  boolean asks(String... arguments) throws StackFailure, InterruptedException {
    return programs.run(root, command(arguments)).succeeded();
  }

  void gcloud(String... arguments) throws StackFailure, InterruptedException {
    Required.run(programs, root, command(arguments));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("gcloud"));
    command.addAll(List.of(arguments));
    return command;
  }
}
