package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine whose gcloud, terraform, docker and npm work on an imaginary project. It can be
 * interrupted at any command that changes something.
 */
final class TestingPrograms implements Programs {
  static final String REPOSITORY = "europe-west1-docker.pkg.dev/in-test/in";
  static final String BUCKET = "gs://in-test-terraform";
  static final String REGISTRY = "module.registry.google_artifact_registry_repository.images";
  static final String FUNCTION = "module.function[\"ai\"].google_cloud_run_v2_service.function";

  private static final Pattern LIST = Pattern.compile("-var-file=(\\S+\\.images\\.tfvars\\.json)");

  /** What of a command has happened when it is interrupted. */
  enum Effect {
    NONE,
    /** Of an apply, what it makes first. */
    PART,
    WHOLE
  }

  boolean hasBilling = true;
  boolean allowsKeys = true;
  String milliCpus = "20000";
  String commit = "c0ffee";
  boolean serves = true;
  final Set<String> absent = new LinkedHashSet<>();
  final TestingCloudflare cloudflare = new TestingCloudflare();

  /** What is there: APIs, buckets, accounts of services, resources in Terraform's state. */
  final Set<String> there = new LinkedHashSet<>();

  /** Digests by image and tag. */
  final Map<String, String> registry = new HashMap<>();

  /** Contents by URL. */
  final Map<String, String> objects = new HashMap<>();

  /** The list of images that was applied last. */
  String deployed = "";

  /** Commands that change something, in their order. */
  final List<String> changes = new ArrayList<>();

  /** Plans and applies whose output people see. */
  final List<String> shown = new ArrayList<>();

  private int failing = -1;
  private Effect effect = Effect.NONE;

  /**
   * @param number of the change, counted from now and from 0
   */
  void interruptAt(int number, Effect effect) {
    failing = changes.size() + number;
    this.effect = effect;
  }

  @Override
  public Output run(Path folder, List<String> command) throws StackFailure {
    if (absent.contains(command.getFirst())) {
      throw new StackFailure(command.getFirst() + " cannot be run: it is not here");
    }
    String line = String.join(" ", command);
    if (line.startsWith("gcloud storage cp " + BUCKET)) {
      return new Output(fetch(command.get(3), Path.of(command.get(4))) ? 0 : 1, "");
    }
    String answer = answer(line);
    if (answer != null) {
      return new Output(answer.isEmpty() ? 1 : 0, answer);
    }
    if (line.startsWith("terraform state rm ")
        && there.stream().noneMatch(it -> it.startsWith(line.substring(19)))) {
      return new Output(1, "No matching objects found");
    }
    boolean fails = changes.size() == failing;
    changes.add(line);
    change(folder, line, fails ? effect : Effect.WHOLE);
    return new Output(fails ? 1 : 0, "");
  }

  @Override
  public int show(Path folder, List<String> command) throws StackFailure {
    String line = String.join(" ", command);
    if (line.startsWith("terraform plan ") || line.startsWith("terraform apply ")) {
      shown.add(line);
    }
    return run(folder, command).status();
  }

  private boolean fetch(String url, Path to) {
    if (objects.containsKey(url)) {
      write(to, objects.get(url));
    }
    return objects.containsKey(url);
  }

  /** What is asked; null: it is a change. */
  private String answer(String line) {
    if (line.matches("(gcloud|terraform) version|docker info|(npm|jq) --version")) {
      return "works";
    } else if (line.startsWith("gcloud projects describe in-test ")) {
      return "ACTIVE";
    } else if (line.startsWith("gcloud billing projects describe ")) {
      return hasBilling ? "True" : "False";
    } else if (line.startsWith("gcloud resource-manager org-policies describe ")) {
      return allowsKeys ? "" : "True";
    } else if (line.startsWith("gcloud beta quotas info describe ")) {
      return milliCpus.isEmpty()
          ? ""
          : """
          {"dimensionsInfos": [
            {"applicableLocations": ["us-west1"], "details": {"value": "1000"}},
            {"applicableLocations": ["europe-west1"], "details": {"value": "%s"}}]}
          """
              .formatted(milliCpus);
    } else if (line.startsWith("gcloud services list ")) {
      return String.join("\n", there);
    } else if (line.startsWith("gcloud storage buckets describe ")) {
      boolean isThere = there.contains(BUCKET + (line.contains("versioning") ? " versioned" : ""));
      return isThere ? "True" : "";
    } else if (line.startsWith("gcloud artifacts docker images describe ")) {
      return registry.getOrDefault(line.split(" ")[5], "");
    } else if (line.startsWith("terraform state list ")) {
      String address = line.substring("terraform state list ".length());
      return String.join(
          "\n", there.stream().filter(resource -> resource.startsWith(address)).toList());
    } else if (line.equals("terraform output -raw image_repository")) {
      return there.contains(REGISTRY) ? REPOSITORY : "";
    } else if (line.startsWith("git describe ")) {
      return commit;
    } else if (line.contains("/.github/serves.sh ")) {
      return serves && deployed.contains(line.split(" ")[3]) ? "serves" : "";
    }
    return null;
  }

  private void change(Path folder, String line, Effect effect) {
    if (effect == Effect.NONE) {
      return;
    }
    if (line.startsWith("gcloud services enable ")) {
      there.addAll(List.of(line.split(" ")).subList(3, line.split(" ").length - 1));
    } else if (line.startsWith("gcloud storage buckets create ")) {
      if (!there.add(BUCKET)) {
        throw new IllegalStateException("the bucket is there already");
      }
    } else if (line.startsWith("gcloud storage buckets update ")) {
      there.add(BUCKET + " versioned");
    } else if (line.startsWith("gcloud storage cp ")) {
      objects.put(line.split(" ")[4], read(Path.of(line.split(" ")[3])));
    } else if (line.startsWith("docker push ")) {
      String image = line.substring("docker push ".length());
      registry.put(image, "sha256:" + image.replaceAll(".*:", ""));
    } else if (line.startsWith("terraform init ")) {
      write(folder.resolve(".terraform.lock.hcl"), "providers");
    } else if (line.startsWith("terraform apply ")) {
      apply(folder, line, effect);
    } else if (line.startsWith("terraform state rm ")) {
      there.removeIf(it -> it.startsWith(line.substring("terraform state rm ".length())));
    } else if (line.startsWith("terraform destroy ")) {
      there.removeIf(
          it -> it.startsWith("module.") && (effect == Effect.WHOLE || it.equals(FUNCTION)));
    }
  }

  private void apply(Path folder, String line, Effect effect) {
    if (line.contains("-var=migrate_from=none")) {
      cloudflare.hasWorker("v2");
    }
    there.add("module.edge.cloudflare_workers_script.edge");
    if (effect == Effect.PART) {
      return;
    }
    there.addAll(
        List.of(
            REGISTRY,
            "module.images.google_storage_bucket.images",
            "module.firestore.google_firestore_database.database"));
    Matcher list = LIST.matcher(line);
    if (list.find()) {
      there.add(FUNCTION);
      deployed = read(folder.resolve(list.group(1)));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
