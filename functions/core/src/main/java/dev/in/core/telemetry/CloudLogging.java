package dev.in.core.telemetry;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Formats the console's JSON as Cloud Logging's structured logging. quarkus-logging-json has a
 * format for it that writes the trace where Cloud Logging does not look and hides the task in a
 * map; it stays for what is logged before this application's beans are there.
 */
@ApplicationScoped
public class CloudLogging {

  /** First of all that happens at startup: what the others have to say is formatted by then. */
  void install(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      @ConfigProperty(name = "quarkus.google.cloud.project-id") String projectId) {
    consoles()
        .filter(console -> console.getFormatter() instanceof JsonFormatter)
        .forEach(console -> console.setFormatter(new CloudLoggingFormatter(projectId)));
  }

  /** Quarkus keeps its handlers inside the one that held records back while it started. */
  private static Stream<Handler> consoles() {
    return Stream.of(LogContext.getLogContext().getLogger("").getHandlers())
        .flatMap(
            handler ->
                handler instanceof org.jboss.logmanager.ExtHandler nesting
                    ? Stream.concat(Stream.of(handler), Stream.of(nesting.getHandlers()))
                    : Stream.of(handler))
        .filter(ConsoleHandler.class::isInstance);
  }
}
