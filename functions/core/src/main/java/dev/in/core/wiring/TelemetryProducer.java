package dev.in.core.wiring;

import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts core's telemetry together. */
@ApplicationScoped
public class TelemetryProducer {

  /** Every meter says whose it is, the JVM's and the HTTP server's too. */
  @Produces
  @Singleton
  MeterFilter functionLabel(@ConfigProperty(name = "quarkus.application.name") String function) {
    return MeterFilter.commonTags(Tags.of("function", function));
  }

  @Produces
  @Singleton
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Produces
  @Singleton
  Spans spans(OpenTelemetry openTelemetry) {
    return new Spans(openTelemetry);
  }

  @Produces
  @Singleton
  Calls calls(Spans spans, Meters meters) {
    return new Calls(spans, meters);
  }
}
