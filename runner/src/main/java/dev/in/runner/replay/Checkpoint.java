package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How far a replay has come, in a file: what it was asked for, and behind which position it goes
 * on.
 *
 * @param consumer the function, with the types that are sent
 * @param after everything up to there is done
 * @param until where the replay ends
 */
public record Checkpoint(String consumer, String after, Instant until) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Checkpoint {
    requireNonNull(consumer, "consumer is null");
    requireNonNull(after, "after is null");
    requireNonNull(until, "until is null");
  }

  /** Empty where there is no such file. */
  public static Optional<Checkpoint> read(Path file) throws StackFailure {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      return Optional.of(
          new Checkpoint(
              json.path("consumer").asText(),
              json.path("after").asText(),
              Instant.parse(json.path("until").asText())));
    } catch (IOException | DateTimeParseException e) {
      throw new StackFailure(file + " is not a replay's checkpoint: " + e.getMessage(), e);
    }
  }

  /** Whole or not at all: a replay may be killed at any moment. */
  void write(Path file) throws StackFailure {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("consumer", consumer)
            .put("after", after)
            .put("until", until.toString());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, json + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackFailure("the checkpoint cannot be written: " + e, e);
    }
  }

  static void remove(Path file) throws StackFailure {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackFailure("the checkpoint cannot be removed: " + e, e);
    }
  }
}
