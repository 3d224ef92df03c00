package dev.in.house;

import dev.in.house.House.Dependency;
import dev.in.house.House.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may know whom, by folder. What is not allowed here is a breach. */
final class HouseRules {
  private static final Set<String> PLAIN_JAVA =
      Set.of("common-events", "coordinator-client", "image-formats");

  /** Anybody may test a function on the local cloud; no production code knows it. */
  private static final String LOCAL_CLOUD = "emulator";

  private HouseRules() {}

  /** One sentence each. */
  static List<String> breaches(House house) {
    List<String> breaches = new ArrayList<>();
    for (Module module : house.modules().values()) {
      mayKnow(module.folder())
          .ifPresentOrElse(
              allowed -> foreign(house, module, allowed).forEach(breaches::add),
              () -> breaches.add(module.folder() + " has no rule: say whom it may know"));
      if (PLAIN_JAVA.contains(module.folder())) {
        platforms(module).forEach(breaches::add);
      }
    }
    return breaches;
  }

  /** The folders whose code a folder's code may use; empty for a folder that nobody foresaw. */
  private static Optional<Set<String>> mayKnow(String folder) {
    return switch (folder) {
      case "common-events", "image-formats" -> Optional.of(Set.of());
      case "analysis" -> Optional.of(Set.of("image-formats"));
      case "coordinator-client" -> Optional.of(Set.of("common-events"));
      case "functions/core" -> Optional.of(Set.of("common-events", "image-formats"));
      case "emulator" -> Optional.of(Set.of("analysis"));
      case "bench" ->
          Optional.of(Set.of("analysis", "common-events", "image-formats", "functions/metadata"));
      case "bench/minimal" -> Optional.of(Set.of());
      case "runner" -> Optional.of(Set.of("common-events", "analysis"));
      case "functions/sync" -> aFunctionAnd("coordinator-client");
      case "functions/ai" -> aFunctionAnd("analysis");
      default -> folder.startsWith("functions/") ? aFunctionAnd() : Optional.empty();
    };
  }

  /** Core, the contract that core speaks, and what this one alone needs. */
  private static Optional<Set<String>> aFunctionAnd(String... more) {
    return Optional.of(
        Stream.concat(
                Stream.of("functions/core", "common-events", "image-formats"), Stream.of(more))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<String> foreign(House house, Module module, Set<String> allowed) {
    return module.dependencies().stream()
        .filter(Dependency::isOurs)
        .filter(
            dependency -> {
              String folder = folderOf(house, dependency);
              boolean testsAFunction =
                  folder.equals(LOCAL_CLOUD)
                      && dependency.isForTests()
                      && module.folder().startsWith("functions/");
              return !allowed.contains(folder) && !testsAFunction;
            })
        .map(dependency -> module.folder() + " may not know " + folderOf(house, dependency));
  }

  private static String folderOf(House house, Dependency dependency) {
    return house.modules().values().stream()
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
