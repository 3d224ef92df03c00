package dev.in.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.telemetry.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** Without a mail server notification is ready all the same, and says that it sends none. */
class MailReadinessTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void mailIsOffWithoutASender() {
    assertThat(destination(Optional.empty(), Optional.empty()))
        .isEqualTo("nobody: IN_MAIL_FROM is not set");
    assertThat(registry.get("in.switch.on").tag("switch", "mail").gauge().value()).isZero();
  }

  @Test
  void mailGoesToTheServerOrToAFolder() {
    Optional<String> from = Optional.of("in@example.com");

    assertThat(destination(from, Optional.empty())).isEqualTo("smtp.example.com:587");
    assertThat(destination(from, Optional.of(Path.of("/mail")))).isEqualTo("/mail");
    assertThat(registry.get("in.switch.on").tag("switch", "mail").gauge().value()).isOne();
  }

  private String destination(Optional<String> from, Optional<Path> folder) {
    MailConfig config =
        new MailConfig() {
          @Override
          public Optional<String> from() {
            return from;
          }

          @Override
          public Optional<Path> folder() {
            return folder;
          }

          @Override
          public Duration timeLimit() {
            return Duration.ofSeconds(30);
          }
        };
    var response = new MailReadiness(config, "smtp.example.com", 587, new Meters(registry)).call();
    assertThat(response.getStatus()).isEqualTo(Status.UP);
    return response.getData().map(Map.class::cast).orElseThrow().get("goes to").toString();
  }
}
