package dev.in.runner.input;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the command line's arguments into inputs, in order: files and addresses as they are,
 * folders with all below them in the order of names.
 */
public final class Inputs {
  private static final Pattern URL = Pattern.compile("(?i)https?://.*");

  /** For a file given by name whose extension is not an image's: {@code download} decides. */
  private static final String UNKNOWN_TYPE = "image/jpeg";

  private final Consumer<String> notes;
  private final List<Input> found = new ArrayList<>();

  private Inputs(Consumer<String> notes) {
    this.notes = requireNonNull(notes, "notes is null");
  }

  /**
   * @param notes receives a sentence for people for everything that is skipped
   */
  public static List<Input> of(List<String> arguments, Consumer<String> notes) {
    Inputs inputs = new Inputs(notes);
    arguments.forEach(inputs::take);
    return List.copyOf(inputs.found);
  }

  private void take(String argument) {
    if (URL.matcher(argument).matches()) {
      found.add(new Input.ImageUrl(argument));
      return;
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      found.add(missing(argument, "This is neither a file's name nor an http(s) address."));
      return;
    }
    if (Files.isDirectory(path)) {
      walk(argument.replaceFirst("(?<=.)/+$", ""), path);
    } else {
      found.add(file(argument, path, ImageFileType.of(path).orElse(UNKNOWN_TYPE)));
    }
  }

  private void walk(String name, Path folder) {
    List<Path> entries;
    try (Stream<Path> all = Files.list(folder)) {
      entries = all.sorted().toList();
    } catch (IOException e) {
      notes.accept(name + " cannot be read: skipped");
      return;
    }
    for (Path entry : entries) {
      takeFromFolder(name + "/" + entry.getFileName(), entry);
    }
  }

  private void takeFromFolder(String name, Path entry) {
    Optional<String> type = ImageFileType.of(entry);
    if (entry.getFileName().toString().startsWith(".")) {
      notes.accept(name + " is hidden: skipped");
    } else if (Files.isSymbolicLink(entry)) {
      // It may lead anywhere, and whoever gave the folder may not have made it.
      notes.accept(name + " is a link: skipped");
    } else if (Files.isDirectory(entry)) {
      walk(name, entry);
    } else if (type.isEmpty()) {
      notes.accept(name + " is not an image by its extension: skipped");
    } else {
      found.add(file(name, entry, type.get()));
    }
  }

  private static Input file(String name, Path path, String contentType) {
    try {
      long size = Files.size(path);
      if (!Files.isReadable(path)) {
        return missing(name, "This file cannot be read.");
      }
      return size == 0
          ? new Input.Unusable(name, "input_empty", "This file is empty.")
          : new Input.ImageFile(name, path, contentType, size);
    } catch (IOException e) {
      return missing(name, "There is no such file.");
    }
  }

  private static Input missing(String name, String message) {
    return new Input.Unusable(name, "input_missing", message);
  }
}
