package dev.in.house;

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
 * Which of our packages each package of one module's production code names, in imports or in full.
 * Read from the sources, so that nothing need be built.
 *
 * @param named by package, never itself
 */
record Packages(Map<String, Set<String>> named) {
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\n]*+|'(?:\\\\.|[^'\\\\])'"
              + "|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9.]+);");
  private static final Pattern FACE = Pattern.compile("dev\\.in\\.[a-z0-9]+");
  private static final Pattern NAME = Pattern.compile("\\bdev\\.in(?:\\.[a-z][a-z0-9]*)+");

  /** Of a module that has no sources yet, none. */
  static Packages in(Path module) {
    Path sources = module.resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return of(List.of());
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return of(
          files.filter(file -> file.toString().endsWith(".java")).map(Packages::read).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Packages of(List<String> sources) {
    Map<String, Set<String>> named = new TreeMap<>();
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
      named.computeIfAbsent(own, any -> new TreeSet<>()).addAll(others);
    }
    return new Packages(named);
  }

  /** Sentences about packages that name one of those which only others may name. */
  List<String> naming(String root, Pattern except) {
    List<String> breaches = new ArrayList<>();
    named.forEach(
        (own, others) ->
            others.stream()
                .filter(other -> isWithin(other, root) && !isWithin(own, root))
                .filter(_ -> !except.matcher(own).matches())
                .forEach(other -> breaches.add(own + " names " + other)));
    return breaches;
  }

  /**
   * The circles, each as the way from a package back to itself. A face as {@code dev.in.emulator}
   * hands out what its parts stand on and puts them together, so face and part may know each other.
   */
  List<String> circles() {
    List<String> circles = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    named.keySet().forEach(start -> walk(start, new ArrayList<>(), done, circles));
    return circles;
  }

  /**
   * Sentences about packages that import one from a higher layer, or that belong to no layer.
   *
   * @param layers packages from the top down, each with its subpackages
   */
  List<String> upwardImports(List<String> layers) {
    List<String> breaches = new ArrayList<>();
    named.forEach(
        (own, others) -> {
          int layer = layerOf(own, layers);
          if (layer < 0) {
            breaches.add(own + " has no layer");
            return;
          }
          others.stream()
              .filter(other -> layerOf(other, layers) >= 0 && layerOf(other, layers) < layer)
              .forEach(other -> breaches.add(own + " imports " + other + ", which is above it"));
        });
    return breaches;
  }

  private static int layerOf(String name, List<String> layers) {
    for (int i = 0; i < layers.size(); i++) {
      if (isWithin(name, layers.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private void walk(String here, List<String> way, Set<String> done, List<String> circles) {
    if (way.contains(here)) {
      circles.add(String.join(" > ", way.subList(way.indexOf(here), way.size())) + " > " + here);
      return;
    }
    if (done.contains(here) || !named.containsKey(here)) {
      return;
    }
    way.add(here);
    named.get(here).stream()
        .filter(other -> !isFaceOf(here, other) && !isFaceOf(other, here))
        .forEach(other -> walk(other, way, done, circles));
    way.removeLast();
    done.add(here);
  }

  private static boolean isFaceOf(String face, String part) {
    return FACE.matcher(face).matches() && isWithin(part, face);
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
