package dev.in.runner.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.deploy.TestingPrograms.Effect;
import dev.in.runner.process.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentTest {
  private static final String IMAGES = "-var-file=environments/test.images.tfvars.json";

  private final TestingPrograms programs = new TestingPrograms();
  private final List<String> notes = new ArrayList<>();

  @TempDir private Path root;

  @BeforeEach
  void anEnvironmentIsDescribed() throws Exception {
    describe(root);
  }

  @Test
  void anEmptyProjectGetsEverythingInOrder() throws Exception {
    deployment().run();

    assertThat(programs.changes)
        .extracting(line -> line.replaceAll("^(\\S+ \\S+ ?\\S*).*", "$1").strip())
        .containsExactly(
            "gcloud services enable",
            "gcloud storage buckets",
            "gcloud storage buckets",
            "gcloud beta services",
            "gcloud beta services",
            "npm ci --omit=dev",
            "npm run build",
            "terraform init -input=false",
            "terraform apply -input=false",
            "gcloud auth configure-docker",
            "docker build --platform=linux/amd64",
            "docker push " + TestingPrograms.REPOSITORY + "/ai:c0ffee",
            "docker build --platform=linux/amd64",
            "docker push " + TestingPrograms.REPOSITORY + "/sync:c0ffee",
            "gcloud storage cp",
            "terraform apply -input=false",
            "gcloud storage cp",
            root.resolve("in") + " submit --to");
    assertThat(applies())
        .containsExactly(
            "terraform apply -input=false -var-file=environments/test.tfvars"
                + " -var=migrate_from=none -var=images={} -auto-approve",
            "terraform apply -input=false -var-file=environments/test.tfvars"
                + " -var=migrate_from=v2 "
                + IMAGES
                + " -auto-approve");
    assertThat(programs.deployed)
        .contains(TestingPrograms.REPOSITORY + "/ai@sha256:c0ffee")
        .contains(TestingPrograms.REPOSITORY + "/sync@sha256:c0ffee");
    assertThat(programs.objects)
        .containsOnlyKeys(
            TestingPrograms.BUCKET + "/images.auto.tfvars.json",
            TestingPrograms.BUCKET + "/providers/terraform.lock.hcl");
    assertThat(notes.getLast()).isEqualTo("https://in.example.com is deployed");
  }

  @Test
  void ofAPreviousVersionOnlyWhatChangedIsMade() throws Exception {
    deployment().run();
    programs.changes.clear();
    programs.commit = "bead";

    deployment().run();

    assertThat(programs.changes)
        .noneMatch(line -> line.contains("services enable"))
        .noneMatch(line -> line.contains("buckets"))
        .noneMatch(line -> line.contains("images={}"))
        .filteredOn(line -> line.startsWith("docker push"))
        .hasSize(2)
        .allMatch(line -> line.endsWith(":bead"));
    assertThat(programs.deployed).contains("/ai@sha256:bead").doesNotContain("c0ffee");
  }

  @Test
  void anImageThatIsThereIsNotBuiltAgain() throws Exception {
    deployment().run();
    programs.changes.clear();

    deployment().run();

    assertThat(programs.changes).noneMatch(line -> line.startsWith("docker"));
  }

  /** Wherever it stops, before, within or after the command, the same command goes on. */
  @ParameterizedTest
  @EnumSource
  void fromAnEmptyProjectItGoesOnWhereItWasInterrupted(Effect effect) throws Exception {
    deployment().run();
    List<String> whole = List.copyOf(programs.changes);

    for (int i = 0; i < whole.size(); i++) {
      TestingPrograms interrupted = new TestingPrograms();
      interruptAndGoOn(interrupted, i, effect, whole.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromAPreviousVersionItGoesOnWhereItWasInterrupted(Effect effect) throws Exception {
    deployment().run();
    programs.commit = "bead";
    programs.changes.clear();
    deployment().run();
    List<String> whole = List.copyOf(programs.changes);

    for (int i = 0; i < whole.size(); i++) {
      TestingPrograms interrupted = new TestingPrograms();
      deployment(interrupted).run();
      interrupted.commit = "bead";
      interruptAndGoOn(interrupted, i, effect, whole.get(i));
    }
  }

  private void interruptAndGoOn(TestingPrograms on, int number, Effect effect, String command)
      throws Exception {
    Files.deleteIfExists(root.resolve("terraform/environments/test.images.tfvars.json"));
    Files.deleteIfExists(root.resolve("terraform/.terraform.lock.hcl"));
    on.interruptAt(number, effect);
    Deployment deployment = deployment(on);
    assertThatThrownBy(deployment::run)
        .as(command)
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("this failed: " + command);

    deployment.run();

    assertThat(on.there).as(command).containsExactlyInAnyOrderElementsOf(programs.there);
    assertThat(on.registry).as(command).isEqualTo(programs.registry);
    assertThat(on.objects).as(command).isEqualTo(programs.objects);
    assertThat(on.deployed).as(command).isEqualTo(programs.deployed);
  }

  @Test
  void aPlanOfAnEmptyProjectChangesNothing() throws Exception {
    deployment().plan();

    assertThat(programs.changes).isEmpty();
    assertThat(notes)
        .contains("APIs that Terraform needs: to do", "everything but the functions: to do");
  }

  @Test
  void aPlanOnAnotherMachineIsOfWhatIsDeployed(@TempDir Path other) throws Exception {
    deployment().run();
    programs.changes.clear();
    notes.clear();
    describe(other);

    deployment(programs, other).plan();

    assertThat(programs.changes)
        .containsExactly(
            "terraform init -input=false -reconfigure -backend-config=bucket=in-test-terraform",
            "terraform plan -input=false -var-file=environments/test.tfvars"
                + " -var=migrate_from=v2 "
                + IMAGES);
    assertThat(programs.shown).endsWith(programs.changes.getLast());
    assertThat(other.resolve("terraform/environments/test.images.tfvars.json"))
        .hasContent(programs.deployed);
    assertThat(notes)
        .contains("APIs that Terraform needs: is there", "everything but the functions: is there");
  }

  @Test
  void theWorkersMigrationIsThatOfCloudflare() throws Exception {
    deployment().run();
    programs.changes.clear();
    programs.cloudflare.hasWorker("v1");

    deployment().run();

    assertThat(applies()).hasSize(1).allMatch(line -> line.contains(" -var=migrate_from=v1 "));
  }

  @Test
  void aWorkerThatTerraformDidNotMakeIsLeftAlone() throws Exception {
    programs.cloudflare.hasWorker("");

    assertThatThrownBy(deployment()::run)
        .hasMessage("the Worker in-edge was not made by Terraform, which cannot take it over");
    assertThat(applies()).isEmpty();
  }

  @Test
  void whatIsDeployedAndNotServedIsAFailure() throws Exception {
    programs.serves = false;

    assertThatThrownBy(deployment()::run)
        .hasMessageStartingWith(
            "this failed: %s ai europe-west1 %s/ai@sha256:c0ffee"
                .formatted(root.resolve(".github/serves.sh"), TestingPrograms.REPOSITORY));
  }

  @Test
  void withoutAUsersTokenNobodyHasTriedItAndThatIsSaid() throws Exception {
    new Deployment(
            programs,
            root,
            "in-test",
            "test",
            Optional.of(programs.cloudflare),
            List.of("ai"),
            false,
            notes::add)
        .run();

    assertThat(notes).anyMatch(note -> note.startsWith("IN_TOKEN is not set: nobody has tried it"));
    assertThat(programs.changes).noneMatch(line -> line.contains("submit"));
  }

  @Test
  void anEnvironmentOfAnotherProjectIsNotDeployed() {
    assertThatThrownBy(
            () ->
                new Deployment(
                    programs,
                    root,
                    "other",
                    "test",
                    Optional.of(programs.cloudflare),
                    List.of(),
                    true,
                    notes::add))
        .isInstanceOf(StackFailure.class)
        .hasMessageEndingWith("is for project in-test, and not for other");
  }

  private static void describe(Path root) throws Exception {
    Files.createDirectories(root.resolve("terraform/environments"));
    Files.writeString(
        root.resolve("terraform/environments/test.tfvars"),
        """
        project_id = "in-test"
        region     = "europe-west1"
        edge = {
          account_id = "account"
          zone_id    = "zone"
          hostname   = "in.example.com"
        }
        budget = {
          billing_account = "000000-000000-000000"
        }
        """);
  }

  private List<String> applies() {
    return programs.changes.stream().filter(line -> line.startsWith("terraform apply")).toList();
  }

  private Deployment deployment() throws StackFailure {
    return deployment(programs);
  }

  private Deployment deployment(TestingPrograms on) throws StackFailure {
    return deployment(on, root);
  }

  private Deployment deployment(TestingPrograms on, Path root) throws StackFailure {
    return new Deployment(
        on,
        root,
        "in-test",
        "test",
        Optional.of(on.cloudflare),
        List.of("ai", "sync"),
        true,
        notes::add);
  }
}
