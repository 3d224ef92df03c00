package dev.in.modules;

import dev.in.modules.Modules.Dependency;
import dev.in.modules.Modules.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which module may depend on which, by folder. What is not allowed here is a violation. */
final class DependencyRules {
  private static final Set<String> PLAIN_JAVA =
      Set.of("common-events", "coordinator-client", "image-formats", "analysis");

  /** Every function may be tested on the local cloud; no production code depends on it. */
  private static final String LOCAL_CLOUD = "emulator";

  private DependencyRules() {}

  /** One sentence each. */
  static List<String> violations(Modules modules) {
    List<String> violations = new ArrayList<>();
    for (Module module : modules.modules().values()) {
      allowed(module.folder())
          .ifPresentOrElse(
              allowed -> foreign(modules, module, allowed).forEach(violations::add),
              () -> violations.add(module.folder() + " has no rule: say what it may depend on"));
      if (PLAIN_JAVA.contains(module.folder())) {
        platforms(module).forEach(violations::add);
      }
    }
    return violations;
  }

  /** The folders that a folder may depend on; empty for a folder without a rule. */
  private static Optional<Set<String>> allowed(String folder) {
    return switch (folder) {
      case "common-events", "image-formats" -> Optional.of(Set.of());
      case "coordinator-client" -> Optional.of(Set.of("common-events"));
      case "analysis" -> Optional.of(Set.of("image-formats"));
      case "emulator" -> Optional.of(Set.of("analysis"));
      case "bench" ->
          Optional.of(Set.of("analysis", "common-events", "image-formats", "functions/metadata"));
      case "bench/minimal" -> Optional.of(Set.of());
      case "runner" -> Optional.of(Set.of("common-events"));
      case "functions/core" -> Optional.of(Set.of("common-events", "image-formats"));
      case "functions/sync",
          "functions/notification",
          "functions/tag-indexer",
          "functions/recovery" ->
          function("coordinator-client");
      case "functions/ai" -> function("analysis");
      case "functions/download",
          "functions/metadata",
          "functions/log-enhancer",
          "functions/analytics" ->
          function();
      default -> Optional.empty();
    };
  }

  /** Core, what core itself depends on, and what this function alone needs. */
  private static Optional<Set<String>> function(String... more) {
    return Optional.of(
        Stream.concat(
                Stream.of("functions/core", "common-events", "image-formats"), Stream.of(more))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<String> foreign(Modules modules, Module module, Set<String> allowed) {
    return module.dependencies().stream()
        .filter(Dependency::isOurs)
        .filter(
            dependency -> {
              String folder = folderOf(modules, dependency);
              boolean testsAFunction =
                  folder.equals(LOCAL_CLOUD)
                      && dependency.isForTests()
                      && module.folder().startsWith("functions/");
              return !allowed.contains(folder) && !testsAFunction;
            })
        .map(dependency -> module.folder() + " may not depend on " + folderOf(modules, dependency));
  }

  private static String folderOf(Modules modules, Dependency dependency) {
    return modules.modules().values().stream()
        .filter(module -> module.artifactId().equals(dependency.artifactId()))
        .map(Module::folder)
        .findFirst()
        .orElse(dependency.artifactId());
  }

  private static Stream<String> platforms(Module module) {
    return module.dependencies().stream()
        .filter(dependency -> !dependency.isForTests())
        .filter(
            dependency ->
                dependency.groupId().startsWith("io.quarkus")
                    || dependency.groupId().startsWith("io.quarkiverse")
                    || dependency.groupId().startsWith("com.google"))
        .map(dependency -> module.folder() + " is plain Java without " + dependency.artifactId());
  }
}
