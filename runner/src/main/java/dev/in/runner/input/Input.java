package dev.in.runner.input;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** One thing to process; each becomes a row of the result. */
public sealed interface Input {

  /** As the user gave it; of a folder's content, the folder as given and the path below it. */
  String name();

  /**
   * An image to upload.
   *
   * @param contentType by its extension; {@code download} detects the true type
   * @param sizeBytes at least 1
   */
  record ImageFile(String name, Path file, String contentType, long sizeBytes) implements Input {
    public ImageFile {
      requireNonNull(name, "name is null");
      requireNonNull(file, "file is null");
      requireNonNull(contentType, "contentType is null");
    }
  }

  /** An image's address; {@code download} validates it. */
  record ImageUrl(String name) implements Input {
    public ImageUrl {
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
