package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;

/** Where Terraform's state lies, with what the pipeline and other machines go on from. */
final class StateBucket {
  private final Project project;

  StateBucket(Project project) {
    this.project = project;
  }

  String name() {
    return project.id() + "-terraform";
  }

  boolean isThere() throws StackFailure, InterruptedException {
    return !describe("name").isEmpty();
  }

  boolean isComplete() throws StackFailure, InterruptedException {
    return describe("versioning_enabled").equals("True");
  }

  /** It holds the edge's keys: nobody else may read it, and an older state can be had again. */
  void make() throws StackFailure, InterruptedException {
    if (!isThere()) {
      project.gcloud(
          "storage",
          "buckets",
          "create",
          url(""),
          "--project=" + project.id(),
          "--location=" + project.region(),
          "--uniform-bucket-level-access",
          "--public-access-prevention");
    }
    project.gcloud("storage", "buckets", "update", url(""), "--versioning");
  }

  /**
   * Copies a file from the bucket.
   *
   * @return whether the bucket has it
   */
  boolean fetch(String name, Path to) throws StackFailure, InterruptedException {
    return project.asks("storage", "cp", url("/" + name), to.toString());
  }

  void keep(Path file, String name) throws StackFailure, InterruptedException {
    project.gcloud("storage", "cp", file.toString(), url("/" + name));
  }

  private String describe(String field) throws StackFailure, InterruptedException {
    return project.ask(
        "storage", "buckets", "describe", url(""), "--format=value(%s)".formatted(field));
  }

  private String url(String path) {
    return "gs://" + name() + path;
  }
}
