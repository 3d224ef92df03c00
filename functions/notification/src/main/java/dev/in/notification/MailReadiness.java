package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.core.telemetry.Meters;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says where mail goes, or that none is sent: without a mail server progress is still reported, so
 * this is no reason not to be ready.
 */
@Startup
@Readiness
@ApplicationScoped
class MailReadiness implements HealthCheck {
  private final MailConfig mail;
  private final String server;

  MailReadiness(
      MailConfig mail,
      @ConfigProperty(name = "quarkus.mailer.host") String host,
      @ConfigProperty(name = "quarkus.mailer.port") int port,
      Meters meters) {
    this.mail = requireNonNull(mail, "mail is null");
    this.server = host + ":" + port;
    meters.switched("mail", () -> mail.from().isPresent());
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("mail").up().withData("goes to", destination()).build();
  }

  private String destination() {
    if (mail.from().isEmpty()) {
      return "nobody: IN_MAIL_FROM is not set";
    }
    return mail.folder().map(folder -> folder.toString()).orElse(server);
  }
}
