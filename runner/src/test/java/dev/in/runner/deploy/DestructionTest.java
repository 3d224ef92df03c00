package dev.in.runner.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.deploy.TestingPrograms.Effect;
import dev.in.runner.process.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DestructionTest {
  private static final String APPLY =
      "terraform %s -input=false -var-file=environments/test.tfvars"
          + " -var-file=environments/test.images.tfvars.json -var=deletion_protection=false ";

  private final TestingPrograms programs = new TestingPrograms();

  @TempDir private Path root;

  @BeforeEach
  void anEnvironmentIsDeployed() throws Exception {
    Files.createDirectories(root.resolve("terraform/environments"));
    Files.writeString(
        root.resolve("terraform/environments/test.tfvars"),
        """
        project_id = "in-test"
        region     = "europe-west1"
        account_id = "account"
        zone_id    = "zone"
        hostname   = "in.example.com"
        """);
    deploy(programs);
    programs.changes.clear();
  }

  @Test
  void documentsAndImagesAreLeftWhereTheyAre() throws Exception {
    destruction(programs).run();

    assertThat(programs.changes)
        .containsExactly(
            "terraform init -input=false -reconfigure -backend-config=bucket=in-test-terraform",
            "terraform state rm module.images.google_storage_bucket.images",
            "terraform state rm module.firestore",
            APPLY.formatted("apply") + "-target=module.function -auto-approve",
            APPLY.formatted("destroy") + "-auto-approve");
    assertThat(programs.there).noneMatch(it -> it.startsWith("module."));
    assertThat(destruction(programs).stays())
        .anyMatch(line -> line.startsWith("Firestore's database"))
        .anyMatch(line -> line.startsWith(TestingPrograms.BUCKET + " "));
  }

  @ParameterizedTest
  @EnumSource
  void interruptedAtAnyCommandItGoesOn(Effect effect) throws Exception {
    destruction(programs).run();
    List<String> whole = List.copyOf(programs.changes);

    for (int i = 0; i < whole.size(); i++) {
      TestingPrograms interrupted = new TestingPrograms();
      deploy(interrupted);
      interrupted.interruptAt(i, effect);
      Destruction destruction = destruction(interrupted);
      assertThatThrownBy(destruction::run)
          .as(whole.get(i))
          .isInstanceOf(StackFailure.class)
          .hasMessageStartingWith("this failed: " + whole.get(i));

      destruction.run();

      assertThat(interrupted.there)
          .as(whole.get(i))
          .containsExactlyInAnyOrderElementsOf(programs.there);
    }
  }

  @Test
  void whatADeploymentLeftBeforeItsFirstImageIsDestroyed() throws Exception {
    TestingPrograms begun = new TestingPrograms();
    begun.absent.add("docker");
    assertThatThrownBy(() -> deploy(begun)).hasMessageStartingWith("docker cannot be run");
    begun.changes.clear();

    destruction(begun).run();

    assertThat(begun.changes.getLast())
        .isEqualTo(
            "terraform destroy -input=false -var-file=environments/test.tfvars -var=images={}"
                + " -var=deletion_protection=false -auto-approve");
    assertThat(begun.there).noneMatch(it -> it.startsWith("module."));
  }

  /** A variable or a module that is renamed would be noticed by nobody before a real deployment. */
  @Test
  void terraformHasWhatIsAskedOfIt() throws Exception {
    destruction(programs).run();
    TestingPrograms anew = new TestingPrograms();
    deploy(anew);
    List<String> commands =
        Stream.of(anew.changes, programs.changes).flatMap(List::stream).toList();
    String variables = Files.readString(Path.of("../terraform/variables.tf"));
    String main = Files.readString(Path.of("../terraform/main.tf"));
    String outputs = Files.readString(Path.of("../terraform/outputs.tf"));

    assertThat(found("-var=(\\w+)=", commands))
        .containsExactly("deletion_protection", "images", "migrate_from")
        .allMatch(name -> variables.contains("variable \"%s\" {".formatted(name)));
    assertThat(found("module\\.(\\w+)", commands))
        .containsExactly("firestore", "function", "images")
        .allMatch(name -> main.contains("module \"%s\" {".formatted(name)));
    assertThat(outputs).contains("output \"image_repository\" {");
    assertThat(Files.readString(Path.of("../terraform/modules/edge/variables.tf")))
        .contains("= \"in-edge\"");
  }

  private static List<String> found(String pattern, List<String> commands) {
    return commands.stream()
        .flatMap(line -> Pattern.compile(pattern).matcher(line).results())
        .map(result -> result.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  private void deploy(TestingPrograms on) throws Exception {
    new Deployment(
            on,
            root,
            "in-test",
            "test",
            Optional.of(on.cloudflare),
            List.of("ai"),
            false,
            note -> {})
        .run();
  }

  private Destruction destruction(TestingPrograms on) throws StackFailure {
    return new Destruction(on, root, "in-test", "test", note -> {});
  }
}
