package dev.in.core.telemetry;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps warnings off the console that every start would bring and nobody can act on. Quarkus calls
 * the Google Cloud extensions' keys unrecognized, which {@code GoogleConfig} reads in their place.
 */
@LoggingFilter(name = "startup-noise")
public final class StartupLogFilter implements Filter {
  private static final String UNRECOGNIZED = "Unrecognized configuration key";
  private static final String EXPECTED = "quarkus.google.cloud.";

  @Override
  public boolean isLoggable(LogRecord record) {
    return !("io.quarkus.config".equals(record.getLoggerName())
        && record.getMessage().startsWith(UNRECOGNIZED)
        && record.getParameters() != null
        && record.getParameters().length > 0
        && String.valueOf(record.getParameters()[0]).startsWith(EXPECTED));
  }
}
