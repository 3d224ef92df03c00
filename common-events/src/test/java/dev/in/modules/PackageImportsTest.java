package dev.in.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Within a module: which package may import which. Reads sources only, so it needs no other module
 * built.
 */
class PackageImportsTest {
  private static final Pattern NONE = Pattern.compile("");

  /** Of what functions share, from the top down: imports go down only. */
  private static final List<String> CORE_LAYERS =
      Stream.of(
              "wiring",
              "push",
              "message",
              "engine",
              "task",
              "history",
              "google",
              "publish",
              "stage",
              "handler",
              "switches",
              "startup",
              "auth",
              "fetch",
              "edge",
              "telemetry",
              "failure",
              "image")
          .map("dev.in.core."::concat)
          .toList();

  static Stream<String> modules() {
    return Modules.load().modules().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packagesFormNoCycles(String module) {
    assertThat(packages(module).cycles()).isEmpty();
  }

  @Test
  void theLocalCloudDoesNotImportTheRunner() {
    assertThat(packages("emulator").importing("dev.in.runner", NONE)).isEmpty();
  }

  @Test
  void theLocalCloudDoesNotImportTheTopology() {
    assertThat(packages("emulator").importing("dev.in.topology", NONE)).isEmpty();
  }

  @Test
  void theRunnerDoesNotImportTheLocalCloud() {
    assertThat(packages("runner").importing("dev.in.emulator", NONE)).isEmpty();
  }

  @Test
  void inCoreImportsGoFromTheEndpointDownToStoreAndPublisher() {
    assertThat(packages("functions/core").upwardImports(CORE_LAYERS)).isEmpty();
  }

  @Test
  void anUpwardImportIsFound() {
    List<String> layers = List.of("dev.in.core.push", "dev.in.core.message", "dev.in.core.engine");
    assertThat(
            PackageImports.of(
                    List.of(
                        "package dev.in.core.push;\nimport dev.in.core.message.Dispatcher;",
                        "package dev.in.core.message;\nimport dev.in.core.engine.Engine;",
                        "package dev.in.core.engine.part;\nimport dev.in.core.message.Dispatcher;"))
                .upwardImports(layers))
        .containsExactly("dev.in.core.engine.part imports dev.in.core.message, which is above it");
    assertThat(
            PackageImports.of(
                    List.of("package dev.in.core.other;\nimport dev.in.core.push.Resource;"))
                .upwardImports(layers))
        .containsExactly("dev.in.core.other has no layer");
  }

  @Test
  void theSourcesAreReallyRead() {
    assertThat(packages("common-events").imports())
        .containsEntry("dev.in.topology", Set.of("dev.in.events"))
        .containsEntry("dev.in.events", Set.of("dev.in.json"))
        .containsEntry("dev.in.json", Set.of());
  }

  @Test
  void aCycleIsFound() {
    PackageImports packages =
        PackageImports.of(
            List.of(
                "package dev.in.a;\nimport dev.in.b.B;",
                "package dev.in.b;\nclass B { dev.in.c.C c; }",
                "package dev.in.c;\nimport static dev.in.a.A.a;"));
    assertThat(packages.cycles()).containsExactly("dev.in.a > dev.in.b > dev.in.c > dev.in.a");
  }

  @Test
  void aModulesRootPackageAndItsPartsMayImportEachOtherButThePartsFormNoCycles() {
    String root = "package dev.in.a;\nimport dev.in.a.b.B;";
    String part = "package dev.in.a.b;\nimport dev.in.a.A;";
    assertThat(PackageImports.of(List.of(root, part)).cycles()).isEmpty();
    assertThat(
            PackageImports.of(
                    List.of(
                        root,
                        part + "\nimport dev.in.a.c.C;",
                        "package dev.in.a.c;\nimport dev.in.a.b.B;"))
                .cycles())
        .containsExactly("dev.in.a.b > dev.in.a.c > dev.in.a.b");
  }

  @Test
  void aForbiddenImportIsFound() {
    PackageImports packages =
        PackageImports.of(
            List.of(
                "package dev.in.emulator.pubsub;\nimport dev.in.runner.Stack;",
                "package dev.in.emulator.topology;\nclass T { dev.in.topology.Topology t; }",
                "package dev.in.runner.edge;\nimport dev.in.runner.Stack;"));
    assertThat(packages.importing("dev.in.runner", NONE))
        .containsExactly("dev.in.emulator.pubsub imports dev.in.runner");
    assertThat(packages.importing("dev.in.topology", NONE))
        .containsExactly("dev.in.emulator.topology imports dev.in.topology");
    assertThat(packages.importing("dev.in.topology", Pattern.compile("dev\\.in\\.emulator\\..*")))
        .isEmpty();
  }

  @Test
  void whatOnlyCommentsAndTextsNameIsNotImported() {
    assertThat(
            PackageImports.of(
                    List.of(
                        """
                        /** See {@link dev.in.b.B}. */
                        package dev.in.a;
                        // dev.in.c.C
                        class A {
                          char quote = '"';
                          dev.in.f.F f; // dev.in.g.G
                          String name = "dev.in.d.D \\" dev.in.e.E";
                        }
                        """))
                .imports())
        .containsExactlyEntriesOf(Map.of("dev.in.a", Set.of("dev.in.f")));
  }

  private static PackageImports packages(String module) {
    return PackageImports.in(Modules.root().resolve(module));
  }
}
