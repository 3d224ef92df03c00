package dev.in.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/contributing.md lists every file that a change touches, and no file that is not there. */
class ContributingPageTest {
  private static final String PAGE = "docs/contributing.md";
  private static final String DRILLS = "runner/src/main/java/dev/in/runner/drill/.*";
  private static final Pattern PATH =
      Pattern.compile("`([\\w./-]+/[\\w./-]+\\.\\w+|pom\\.xml)`(?=[,:])");
  private static final Set<String> SKIPPED =
      Set.of(".git", "node_modules", "target", "dist", "test", "tests", "test-e2e", "operations");

  @Test
  void everyListedFileExists() throws IOException {
    Set<String> listed = listed(Files.readString(Modules.root().resolve(PAGE)));
    assertThat(listed)
        .hasSizeGreaterThan(35)
        .allSatisfy(path -> assertThat(Modules.root().resolve(path)).isRegularFile());
  }

  @Test
  void ofAMetadataField() throws IOException {
    assertListed("Add a metadata field", "\\bcameraMake\\b", "docs/samples/.*");
  }

  @Test
  void ofAStage() throws IOException {
    assertListed(
        "Add a stage",
        "\\bAiOutput\\b|\\bAiRequested\\b|\\bStage\\.AI\\b|\\bcase AI\\b|\\n  AI\\(|\\bai-topic\\b"
            + "|\\bfunctions/ai\\b|\\n  ai: |\"ai\"",
        "functions/ai/.*");
  }

  @Test
  void ofASideConsumer() throws IOException {
    assertListed(
        "Add a side consumer",
        "\\bfunctions/sync\\b|\\n  sync:|\"sync\"|\\bin-sync\\b",
        "functions/sync/.*");
  }

  @Test
  void ofAFailureCode() throws IOException {
    // The decoder of the local analysis has a reason of the same name.
    assertListed("Add a failure code", "too_many_pixels|TOO_MANY_PIXELS", "analysis/.*");
  }

  /** Tests and drills name what they test and break: those are not listed. */
  private static void assertListed(String section, String example, String except)
      throws IOException {
    String page = Files.readString(Modules.root().resolve(PAGE));
    String text =
        Arrays.stream(page.split("(?m)^## "))
            .filter(part -> part.startsWith(section))
            .findFirst()
            .orElseThrow();
    Set<String> naming = filesWith(Pattern.compile(example));
    naming.removeIf(path -> path.matches(except) || path.matches(DRILLS) || path.equals(PAGE));
    assertThat(naming).hasSizeGreaterThan(3);
    assertThat(listed(text)).as("files of \"%s\"", section).containsAll(naming);
  }

  /** Relative to the project's folder. */
  private static Set<String> filesWith(Pattern example) throws IOException {
    Path root = Modules.root();
    Set<String> found = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString()) && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              if (example.matcher(Files.readString(file)).find()) {
                found.add(root.relativize(file).toString());
              }
            } catch (MalformedInputException e) {
              // An image or another file that is not text.
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static Set<String> listed(String text) {
    return PATH.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
