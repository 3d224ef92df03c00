package dev.in.modules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of our packages each package of one module's production code imports, or names in full.
 * Read from the sources, so that nothing need be built.
 *
 * @param imports by package, never itself
 */
record PackageImports(Map<String, Set<String>> imports) {
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\n]*+|'(?:\\\\.|[^'\\\\])'"
              + "|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9.]+);");
  private static final Pattern ROOT_PACKAGE = Pattern.compile("dev\\.in\\.[a-z0-9]+");
  private static final Pattern NAME = Pattern.compile("\\bdev\\.in(?:\\.[a-z][a-z0-9]*)+");

  /** Of a module that has no sources yet, none. */
  static PackageImports in(Path module) {
    Path sources = module.resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return of(List.of());
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return of(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(PackageImports::read)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PackageImports of(List<String> sources) {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (String source : sources) {
      String code = COMMENT_OR_TEXT.matcher(source).replaceAll(" ");
      String own =
          PACKAGE
              .matcher(code)
              .results()
              .findFirst()
              .map(found -> found.group(1))
              .orElseThrow(() -> new IllegalArgumentException("a source without a package"));
      Set<String> others =
          NAME.matcher(code).results().map(MatchResult::group).collect(Collectors.toSet());
      others.remove(own);
      imports.computeIfAbsent(own, any -> new TreeSet<>()).addAll(others);
    }
    return new PackageImports(imports);
  }

  /** Sentences about packages outside of {@code root} that import one within it. */
  List<String> importing(String root, Pattern except) {
    List<String> violations = new ArrayList<>();
    imports.forEach(
        (own, others) ->
            others.stream()
                .filter(other -> isWithin(other, root) && !isWithin(own, root))
                .filter(_ -> !except.matcher(own).matches())
                .forEach(other -> violations.add(own + " imports " + other)));
    return violations;
  }

  /**
   * The cycles, each as the path from a package back to itself. A module's root package as {@code
   * dev.in.emulator} holds what its parts share and puts them together, so root and part may import
   * each other.
   */
  List<String> cycles() {
    List<String> cycles = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    imports.keySet().forEach(start -> walk(start, new ArrayList<>(), done, cycles));
    return cycles;
  }

  /**
   * Sentences about packages that import one from a higher layer, or that belong to no layer.
   *
   * @param layers packages from the top down, each with its subpackages
   */
  List<String> upwardImports(List<String> layers) {
    List<String> violations = new ArrayList<>();
    imports.forEach(
        (own, others) -> {
          int layer = layerOf(own, layers);
          if (layer < 0) {
            violations.add(own + " has no layer");
            return;
          }
          others.stream()
              .filter(other -> layerOf(other, layers) >= 0 && layerOf(other, layers) < layer)
              .forEach(other -> violations.add(own + " imports " + other + ", which is above it"));
        });
    return violations;
  }

  private static int layerOf(String name, List<String> layers) {
    for (int i = 0; i < layers.size(); i++) {
      if (isWithin(name, layers.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private void walk(String here, List<String> path, Set<String> done, List<String> cycles) {
    if (path.contains(here)) {
      cycles.add(String.join(" > ", path.subList(path.indexOf(here), path.size())) + " > " + here);
      return;
    }
    if (done.contains(here) || !imports.containsKey(here)) {
      return;
    }
    path.add(here);
    imports.get(here).stream()
        .filter(other -> !isRootOf(here, other) && !isRootOf(other, here))
        .forEach(other -> walk(other, path, done, cycles));
    path.removeLast();
    done.add(here);
  }

  private static boolean isRootOf(String root, String part) {
    return ROOT_PACKAGE.matcher(root).matches() && isWithin(part, root);
  }

  private static boolean isWithin(String name, String root) {
    return name.equals(root) || name.startsWith(root + ".");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
