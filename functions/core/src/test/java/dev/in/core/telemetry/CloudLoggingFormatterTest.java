package dev.in.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as Cloud Logging and Error Reporting document them. */
class CloudLoggingFormatterTest {
  private final CloudLoggingFormatter formatter = new CloudLoggingFormatter("in-local");

  @Test
  void anEntryHasTheFieldsThatCloudLoggingLiftsOut() throws Exception {
    ExtLogRecord record = record(Level.WARN, "%s is away", "Storage");
    record.setInstant(Instant.parse("2026-03-01T12:00:00.123456Z"));
    record.setMdc(
        Map.of(
            "traceId", "4bf92f3577b34da6a3ce929d0e0e4736",
            "spanId", "00f067aa0ba902b7",
            "sampled", "true",
            "parentId", "b7ad6b7169203331",
            "taskId", "task_0123456789abcdef"));

    assertThat(formatter.format(record)).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(read(record))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "severity": "WARNING",
                      "time": "2026-03-01T12:00:00.123456Z",
                      "message": "Storage is away",
                      "logger": "dev.in.Test",
                      "thread": "main",
                      "logging.googleapis.com/trace":
                        "projects/in-local/traces/4bf92f3577b34da6a3ce929d0e0e4736",
                      "logging.googleapis.com/spanId": "00f067aa0ba902b7",
                      "logging.googleapis.com/trace_sampled": true,
                      "taskId": "task_0123456789abcdef"
                    }
                    """));
  }

  @Test
  void whatIsSearchedForIsATextOrANumberAndNothingElseIsShown() throws Exception {
    ExtLogRecord record = record(Level.INFO, "event task.failed");
    record.setMdc(
        Map.of(
            "eventType", "task.failed",
            "run", "2",
            "channel", "api",
            "priority", "low",
            "stage", "metadata",
            "code", "corrupt_image",
            "attempts", "3",
            "durationMs", "1500",
            "owner", "owner-7"));
    ObjectNode fields = (ObjectNode) read(record);
    fields.remove(List.of("severity", "time", "message", "logger", "thread"));

    assertThat(fields)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"eventType": "task.failed", "run": 2, "channel": "api", "priority": "low",
                     "stage": "metadata", "code": "corrupt_image", "attempts": 3,
                     "durationMs": 1500}
                    """));
  }

  @Test
  void outsideOfADeliveryThereIsNoTrace() throws Exception {
    ExtLogRecord record = record(Level.INFO, "Listening on: http://127.0.0.1:8080");
    record.setMdc(Map.of());

    assertThat(read(record).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("severity", "time", "message", "logger", "thread");
    assertThat(read(record).path("message").asText())
        .isEqualTo("Listening on: http://127.0.0.1:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "FATAL, CRITICAL",
    "ERROR, ERROR",
    "SEVERE, ERROR",
    "WARN, WARNING",
    "WARNING, WARNING",
    "INFO, INFO",
    "CONFIG, DEBUG",
    "DEBUG, DEBUG",
    "TRACE, DEBUG",
    "FINEST, DEBUG"
  })
  void levelsBecomeSeverities(String level, String severity) throws Exception {
    assertThat(read(record(Level.parse(level), "x")).path("severity").asText()).isEqualTo(severity);
  }

  @Test
  void aStackTraceIsInTheFormThatErrorReportingReads() throws Exception {
    ExtLogRecord record = record(Level.ERROR, "it broke");
    record.setThrown(new IllegalStateException("outer", new IOException("inner \"quoted\"")));

    String trace = read(record).path("stack_trace").asText();

    assertThat(trace)
        .startsWith("java.lang.IllegalStateException: outer\n\tat dev.in.core.telemetry.")
        .contains("\nCaused by: java.io.IOException: inner \"quoted\"\n\t");
  }

  @Test
  void anyTextStaysOneLineOfJson() throws Exception {
    ExtLogRecord record = record(Level.INFO, "two\nlines, \"quotes\" and \u2028");

    assertThat(formatter.format(record).strip()).doesNotContain("\n");
    assertThat(read(record).path("message").asText())
        .isEqualTo("two\nlines, \"quotes\" and \u2028");
  }

  @Test
  void aMissingMessageIsNoFault() throws Exception {
    assertThat(read(record(Level.INFO, null)).path("message").asText()).isEqualTo("null");
  }

  private JsonNode read(ExtLogRecord record) throws IOException {
    return new ObjectMapper().readTree(formatter.format(record));
  }

  private static ExtLogRecord record(java.util.logging.Level level, String text, Object... values) {
    ExtLogRecord record =
        new ExtLogRecord(level, text, ExtLogRecord.FormatStyle.PRINTF, "dev.in.Test");
    record.setLoggerName("dev.in.Test");
    record.setThreadName("main");
    record.setParameters(values);
    return record;
  }
}
