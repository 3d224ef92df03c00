package dev.in.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the poms only, so it needs no other module built. */
class ModuleDependenciesTest {

  @Test
  void everyModuleDependsOnlyOnWhatItMay() {
    assertThat(DependencyRules.violations(Modules.load())).isEmpty();
  }

  @Test
  void thePomsAreReallyRead() {
    Modules project = Modules.load();
    assertThat(project.modules())
        .containsKeys("common-events", "coordinator-client", "functions/core");
    assertThat(project.modules().get("coordinator-client").dependencies())
        .contains(new Modules.Dependency("dev.in", "in-common-events", "compile"));
  }

  @ParameterizedTest
  @CsvSource({
    "common-events, in-analysis, compile, common-events may not depend on analysis",
    "common-events, in-emulator, test, common-events may not depend on emulator",
    "analysis, in-common-events, compile, analysis may not depend on common-events",
    "image-formats, in-common-events, compile, image-formats may not depend on common-events",
    "common-events, in-image-formats, compile, common-events may not depend on image-formats",
    "coordinator-client, in-image-formats, compile, coordinator-client may not depend on"
        + " image-formats",
    "coordinator-client, in-functions-core, compile, coordinator-client may not depend on"
        + " functions/core",
    "coordinator-client, in-emulator, test, coordinator-client may not depend on emulator",
    "functions/core, in-coordinator-client, compile, functions/core may not depend on"
        + " coordinator-client",
    "functions/core, in-emulator, compile, functions/core may not depend on emulator",
    "functions/core, in-emulator, runtime, functions/core may not depend on emulator",
    "functions/download, in-sync, compile, functions/download may not depend on functions/sync",
    "functions/download, in-sync, test, functions/download may not depend on functions/sync",
    "functions/download, in-coordinator-client, compile, functions/download may not depend on"
        + " coordinator-client",
    "functions/download, in-analysis, compile, functions/download may not depend on analysis",
    "functions/sync, in-analysis, compile, functions/sync may not depend on analysis",
    "functions/ai, in-coordinator-client, compile, functions/ai may not depend on"
        + " coordinator-client",
    "emulator, in-functions-core, compile, emulator may not depend on functions/core",
    "emulator, in-download, test, emulator may not depend on functions/download",
    "emulator, in-coordinator-client, compile, emulator may not depend on coordinator-client",
    "emulator, in-common-events, compile, emulator may not depend on common-events",
    "functions/tools, in-functions-core, compile, functions/tools has no rule: say what it may"
        + " depend on",
    "emulator, in-nowhere, compile, emulator may not depend on in-nowhere",
    "runner, in-emulator, compile, runner may not depend on emulator",
    "runner, in-analysis, compile, runner may not depend on analysis",
    "runner, in-functions-core, test, runner may not depend on functions/core",
  })
  void aForbiddenDependencyIsFound(String folder, String artifact, String scope, String violation) {
    assertThat(DependencyRules.violations(modules(folder, dependency("dev.in", artifact, scope))))
        .containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource({
    "coordinator-client, in-common-events, compile",
    "functions/core, in-common-events, compile",
    "functions/core, in-emulator, test",
    "functions/download, in-functions-core, compile",
    "functions/download, in-common-events, compile",
    "functions/download, in-emulator, test",
    "functions/sync, in-coordinator-client, compile",
    "functions/ai, in-analysis, compile",
    "functions/core, in-image-formats, compile",
    "analysis, in-image-formats, compile",
    "runner, in-common-events, compile",
    "emulator, in-analysis, compile",
  })
  void anAllowedDependencyIsNoViolation(String folder, String artifact, String scope) {
    assertThat(DependencyRules.violations(modules(folder, dependency("dev.in", artifact, scope))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "common-events, io.quarkus, quarkus-rest",
    "image-formats, io.quarkus, quarkus-arc",
    "analysis, com.google.cloud, google-cloud-vision",
    "common-events, com.google.cloud, google-cloud-pubsub",
    "coordinator-client, io.quarkiverse.googlecloudservices, quarkus-google-cloud-pubsub",
  })
  void theContractTheClientFormatsAndAnalysisArePlainJava(
      String folder, String group, String artifact) {
    assertThat(DependencyRules.violations(modules(folder, dependency(group, artifact, "compile"))))
        .containsExactly(folder + " is plain Java without " + artifact);
  }

  @Test
  void aProfileHidesNothing() {
    String profile =
        "<profiles><profile>%s</profile></profiles>"
            .formatted(dependencies(dependency("${project.groupId}", "in-sync", "compile")));
    assertThat(DependencyRules.violations(modulesOf("functions/download", profile)))
        .containsExactly("functions/download may not depend on functions/sync");
  }

  @Test
  void aNewFolderNeedsARule() {
    assertThat(DependencyRules.violations(modules("tools", "")))
        .containsExactly("tools has no rule: say what it may depend on");
  }

  private static String dependency(String group, String artifact, String scope) {
    return """
    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><scope>%s</scope></dependency>
    """
        .formatted(group, artifact, scope);
  }

  private static String dependencies(String dependencies) {
    return "<dependencies>" + dependencies + "</dependencies>";
  }

  private static Modules modules(String folder, String dependencies) {
    return modulesOf(folder, dependencies(dependencies));
  }

  /** All modules, bare but for one. */
  private static Modules modulesOf(String folder, String content) {
    Map<String, String> artifacts = new HashMap<>();
    for (String plain :
        new String[] {
          "common-events", "image-formats", "coordinator-client", "analysis", "emulator", "runner"
        }) {
      artifacts.put(plain, "in-" + plain);
    }
    for (String function : new String[] {"download", "sync", "ai"}) {
      artifacts.put("functions/" + function, "in-" + function);
    }
    artifacts.put("functions/core", "in-functions-core");
    artifacts.putIfAbsent(folder, "in-" + folder);
    StringBuilder modules = new StringBuilder();
    artifacts.keySet().forEach(name -> modules.append("<module>" + name + "</module>"));
    return Modules.of(
        name ->
            name.isEmpty()
                ? "<project><modules>" + modules + "</modules></project>"
                : "<project><artifactId>%s</artifactId>%s</project>"
                    .formatted(artifacts.get(name), name.equals(folder) ? content : ""));
  }
}
