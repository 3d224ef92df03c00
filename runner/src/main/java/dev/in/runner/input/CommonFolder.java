package dev.in.runner.input;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The folder, or start of an address, that many inputs have in common and need not repeat.
 *
 * @param path with its closing slash; empty if there is none
 */
public record CommonFolder(String path) {
  public CommonFolder {
    requireNonNull(path, "path is null");
  }

  /** The longest one; none for a single input, whose name is shown in full. */
  public static CommonFolder of(List<String> names) {
    if (names.size() < 2) {
      return new CommonFolder("");
    }
    String common = names.getFirst();
    for (String name : names) {
      int length = 0;
      while (length < Math.min(common.length(), name.length())
          && common.charAt(length) == name.charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    return new CommonFolder(common.substring(0, common.lastIndexOf('/') + 1));
  }

  /** An input's name below this folder. */
  public String relative(String name) {
    return name.substring(path.length());
  }
}
