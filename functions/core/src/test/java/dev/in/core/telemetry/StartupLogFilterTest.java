package dev.in.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class StartupLogFilterTest {
  private static final String UNRECOGNIZED =
      "Unrecognized configuration key \"%s\" was provided; it will be ignored";

  @Test
  void theKeysThatAreReadInTheExtensionsPlaceAreNotWarnedOf() {
    assertThat(logs("io.quarkus.config", UNRECOGNIZED, "quarkus.google.cloud.pubsub.x")).isFalse();
    assertThat(logs("io.quarkus.config", UNRECOGNIZED, "quarkus.google.cloud.storage.x")).isFalse();
  }

  @Test
  void everythingElseIs() {
    assertThat(logs("io.quarkus.config", UNRECOGNIZED, "quarkus.http.prot")).isTrue();
    assertThat(logs("io.quarkus.config", UNRECOGNIZED)).isTrue();
    assertThat(logs("io.quarkus.config", "%s is odd", "quarkus.google.cloud.storage.x")).isTrue();
    assertThat(logs("dev.in", UNRECOGNIZED, "quarkus.google.cloud.storage.x")).isTrue();
    LogRecord bare = new LogRecord(Level.INFO, "no logger, no parameters");
    assertThat(new StartupLogFilter().isLoggable(bare)).isTrue();
  }

  private static boolean logs(String logger, String message, Object... parameters) {
    LogRecord record = new LogRecord(Level.WARNING, message);
    record.setLoggerName(logger);
    record.setParameters(parameters);
    return new StartupLogFilter().isLoggable(record);
  }
}
