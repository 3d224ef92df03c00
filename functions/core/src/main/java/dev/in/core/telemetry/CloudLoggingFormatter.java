package dev.in.core.telemetry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One JSON object a line with the fields that Cloud Logging lifts out of {@code jsonPayload}, so
 * that entries have their severity, time, trace and span; and with what they can be searched by
 * beside the message. A stack trace is in the form that Error Reporting groups by.
 *
 * @see <a href="https://cloud.google.com/logging/docs/structured-logging">Structured logging</a>
 * @see <a href="https://cloud.google.com/error-reporting/docs/formatting-error-messages">Format
 *     errors in logs</a>
 */
final class CloudLoggingFormatter extends ExtFormatter {
  private static final JsonFactory JSON = new JsonFactory();

  /** What a line can be searched by, beside its message: {@code log-enhancer} puts them all. */
  private static final Set<String> TEXTS =
      Set.of("taskId", "eventType", "channel", "priority", "stage", "code");

  private static final Set<String> NUMBERS = Set.of("run", "attempts", "durationMs");

  private final String tracePrefix;

  /**
   * @param projectId the Google Cloud project that has the traces
   */
  CloudLoggingFormatter(String projectId) {
    this.tracePrefix = "projects/" + requireNonNull(projectId, "projectId is null") + "/traces/";
  }

  @Override
  public String format(ExtLogRecord record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("severity", severity(record.getLevel()));
      json.writeStringField("time", record.getInstant().toString());
      json.writeStringField("message", String.valueOf(formatMessage(record)));
      json.writeStringField("logger", record.getLoggerName());
      json.writeStringField("thread", record.getThreadName());
      writeContext(record.getMdcCopy(), json);
      if (record.getThrown() != null) {
        json.writeStringField("stack_trace", stackTrace(record.getThrown()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written", e);
    }
    return line.append('\n').toString();
  }

  /** The span's own entries go where Cloud Logging looks for them, the others as they are. */
  private void writeContext(Map<String, String> context, JsonGenerator json) throws IOException {
    for (Map.Entry<String, String> entry : context.entrySet()) {
      switch (entry.getKey()) {
        case "traceId" ->
            json.writeStringField("logging.googleapis.com/trace", tracePrefix + entry.getValue());
        case "spanId" -> json.writeStringField("logging.googleapis.com/spanId", entry.getValue());
        case "sampled" ->
            json.writeBooleanField(
                "logging.googleapis.com/trace_sampled", Boolean.parseBoolean(entry.getValue()));
        default -> {
          // Others are the parent's span and the like: the trace has them.
          if (TEXTS.contains(entry.getKey())) {
            json.writeStringField(entry.getKey(), entry.getValue());
          } else if (NUMBERS.contains(entry.getKey())) {
            json.writeFieldName(entry.getKey());
            json.writeNumber(entry.getValue());
          }
        }
      }
    }
  }

  /** Cloud Logging's LogSeverity of a level, the JDK's or JBoss's. */
  private static String severity(Level level) {
    int value = level.intValue();
    if (value > Level.SEVERE.intValue()) {
      return "CRITICAL"; // JBoss's FATAL
    }
    if (value > Level.WARNING.intValue()) {
      return "ERROR";
    }
    if (value > Level.INFO.intValue()) {
      return "WARNING";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
