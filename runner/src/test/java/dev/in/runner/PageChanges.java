package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files that a page has its reader create and change, each with a block of code. */
record PageChanges(List<Change> changes) {
  private static final Pattern CHANGE =
      Pattern.compile(
          "^(Create|Change) `([^`]+)`(?s:(?!\\n\\n).)*\\n\\n```\\w+\\n(?<block>(?s:.*?))^```$",
          Pattern.MULTILINE);

  /**
   * One file.
   *
   * @param created whether it is new, and the block is all of it; else the block is a diff whose
   *     parts are separated by {@code @@}
   */
  record Change(boolean created, String path, String block) {

    private void applyTo(Path root) throws IOException {
      Path file = root.resolve(path);
      assertThat(Files.exists(file)).as(path).isNotEqualTo(created);
      if (created) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, block);
      } else {
        Files.writeString(file, changed(Files.readString(file)));
      }
    }

    private String changed(String text) {
      String changed = text;
      for (String hunk : block.split("(?m)^@@\n")) {
        String before = lines(hunk, '+');
        assertThat(changed.split(Pattern.quote(before), -1))
            .as("%s has once:%n%s", path, before)
            .hasSize(2);
        changed = changed.replace(before, lines(hunk, '-'));
      }
      return changed;
    }

    /** All lines but those with that mark, and without any. */
    private static String lines(String hunk, char leftOut) {
      return hunk.lines()
          .filter(line -> line.charAt(0) != leftOut)
          .map(line -> line.substring(1) + "\n")
          .collect(Collectors.joining());
    }
  }

  /** Those of a whole page, in its order. */
  static PageChanges of(String page) {
    return new PageChanges(
        CHANGE
            .matcher(page)
            .results()
            .map(
                found ->
                    new Change(
                        found.group(1).equals("Create"), found.group(2), found.group("block")))
            .toList());
  }

  /** Does what the page says. */
  void applyTo(Path root) throws IOException {
    for (Change change : changes) {
      change.applyTo(root);
    }
  }
}
