package dev.in.runner.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions' images of this checkout: taken from the registry where they are there, built and
 * pushed where they are not. A tag names the commit, cannot be moved, and so is made once.
 */
final class Images {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The option without any list: what is there before the first image is. */
  static final String NONE = "-var=images={}";

  /** Terraform's variable. */
  private static final String LIST = "images";

  /** Where the pipeline keeps it, too. */
  private static final String KEPT_LIST = "images.auto.tfvars.json";

  private final Programs programs;
  private final Path root;
  private final Project project;
  private final StateBucket bucket;
  private final List<String> functions;
  private final String list;
  private final Path file;

  /**
   * @param functions names in topology.yaml
   */
  Images(
      Programs programs,
      Path root,
      Project project,
      StateBucket bucket,
      String environment,
      List<String> functions) {
    this.programs = programs;
    this.root = root;
    this.project = project;
    this.bucket = bucket;
    this.functions = List.copyOf(functions);
    this.list = "environments/%s.images.tfvars.json".formatted(environment);
    this.file = root.resolve("terraform").resolve(list);
  }

  /** The option that names the list of what is deployed; empty if nothing was deployed yet. */
  Optional<String> deployed() throws StackFailure, InterruptedException {
    return bucket.fetch(KEPT_LIST, file) ? Optional.of(option()) : Optional.empty();
  }

  /** Terraform's, with the list that was made last. */
  String option() {
    return "-var-file=" + list;
  }

  /** By function, from the list that was made last. */
  Map<String, String> listed() throws StackFailure {
    try {
      return JSON.convertValue(JSON.readTree(file.toFile()).path(LIST), new TypeReference<>() {});
    } catch (IOException e) {
      throw new StackFailure("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Makes those that are not there, and the list of all.
   *
   * @param repository where they lie
   */
  void make(String repository) throws StackFailure, InterruptedException {
    String tag = tag();
    project.gcloud("auth", "configure-docker", repository.split("/")[0], "--quiet");
    Map<String, String> digests = new TreeMap<>();
    for (String function : functions) {
      String image = "%s/%s".formatted(repository, function);
      Optional<String> known = digest(image, tag);
      if (known.isEmpty()) {
        build(function, image + ":" + tag);
        known = digest(image, tag);
      }
      digests.put(
          function,
          image
              + "@"
              + known.orElseThrow(
                  () ->
                      new StackFailure("%s:%s was pushed and is not there".formatted(image, tag))));
    }
    write(digests);
    bucket.keep(file, KEPT_LIST);
  }

  /** Of a checkout with changes, each attempt has a tag of its own: its content has no name. */
  private String tag() throws StackFailure, InterruptedException {
    String commit =
        programs
            .run(
                root,
                List.of("git", "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"))
            .text();
    if (commit.isEmpty()) {
      throw new StackFailure("%s is no checkout of git, whose commit names images".formatted(root));
    }
    return commit.endsWith("-dirty") ? commit + "-" + System.currentTimeMillis() : commit;
  }

  private Optional<String> digest(String image, String tag)
      throws StackFailure, InterruptedException {
    String digest =
        project.ask(
            "artifacts",
            "docker",
            "images",
            "describe",
            image + ":" + tag,
            "--format=value(image_summary.digest)");
    return Optional.of(digest).filter(found -> found.startsWith("sha256:"));
  }

  private void build(String function, String image) throws StackFailure, InterruptedException {
    Required.run(
        programs,
        root,
        List.of(
            "docker",
            "build",
            "--platform=linux/amd64",
            "--file=functions/Dockerfile",
            "--build-arg=FUNCTION=" + function,
            "--tag=" + image,
            "."));
    Required.run(programs, root, List.of("docker", "push", image));
  }

  private void write(Map<String, String> digests) throws StackFailure {
    try {
      Files.writeString(
          file,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of(LIST, digests)) + "\n");
    } catch (IOException e) {
      throw new StackFailure("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
