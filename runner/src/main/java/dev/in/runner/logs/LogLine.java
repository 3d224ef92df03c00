package dev.in.runner.logs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line that a component of the stack has logged, with Cloud Logging's field names
 * (https://cloud.google.com/logging/docs/structured-logging).
 *
 * @param component who logged it
 * @param text as it was logged, an object of JSON
 */
record LogLine(String component, Instant time, JsonNode json, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  /** What a reader of one task's lines knows, or does not want to. */
  private static final Set<String> LEFT_OUT =
      Set.of("severity", "time", "message", "taskId", "traceId", "eventId", "logger", "thread");

  private static final String CLOUD_LOGGING = "logging.googleapis.com/";

  LogLine {
    requireNonNull(component, "component is null");
    requireNonNull(time, "time is null");
    requireNonNull(json, "json is null");
    requireNonNull(text, "text is null");
  }

  /** Empty for a line that is not structured or has no timestamp. */
  static Optional<LogLine> read(String component, String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      Instant time = Instant.parse(json.path("time").asText());
      return Optional.of(new LogLine(component, time, json, text));
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  boolean isOf(String taskId) {
    return json.path("taskId").asText().equals(taskId);
  }

  /**
   * For people: time, component, severity where it is more than a note, message and what else it
   * has.
   */
  String words(ZoneId zone, int componentWidth) {
    String severity = json.path("severity").asText();
    String message = json.path("message").asText().strip();
    String fields =
        json.properties().stream()
            .filter(field -> !LEFT_OUT.contains(field.getKey()))
            .filter(field -> !field.getKey().startsWith(CLOUD_LOGGING))
            .filter(field -> field.getValue().isValueNode())
            .map(LogLine::field)
            .collect(Collectors.joining());
    return "%s  %s  %s%s%s"
        .formatted(
            TIME.format(time.atZone(zone)),
            component + " ".repeat(Math.max(0, componentWidth - component.length())),
            severity.equals("INFO") ? "" : severity + " ",
            message.replace("\n", "\n    "),
            fields);
  }

  private static String field(Map.Entry<String, JsonNode> field) {
    return "  %s=%s".formatted(field.getKey(), field.getValue().asText());
  }
}
