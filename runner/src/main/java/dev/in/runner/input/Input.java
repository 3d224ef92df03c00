package dev.in.runner.input;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** One thing to process; each becomes a row of the result. */
public sealed interface Input {

  /** As the user gave it; of a folder's content, the folder as given and the path below it. */
  String name();

  /**
   * A picture to upload.
   *
   * @param contentType what its extension says; the true type is judged in {@code download}
   * @param sizeBytes at least 1
   */
  record PictureFile(String name, Path file, String contentType, long sizeBytes) implements Input {
    public PictureFile {
      requireNonNull(name, "name is null");
      requireNonNull(file, "file is null");
      requireNonNull(contentType, "contentType is null");
    }
  }

  /** A picture's address; {@code download} judges it. */
  record PictureUrl(String name) implements Input {
    public PictureUrl {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * Something that cannot even be submitted.
   *
   * @param code {@code input_missing} or {@code input_empty}
   * @param message for people
   */
  record Unusable(String name, String code, String message) implements Input {
    public Unusable {
      requireNonNull(name, "name is null");
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }
  }
}
