package dev.in.notification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whether mail is sent, and as whom; the server is configured by quarkus-mailer's keys. */
@ConfigMapping(prefix = "in.mail")
public interface MailConfig {

  /** {@code IN_MAIL_FROM}: the sender's address; without it no mail is sent. */
  Optional<String> from();

  /** {@code IN_MAIL_FOLDER}: mail lands there as files and goes to no server; on this machine. */
  Optional<Path> folder();

  /** {@code IN_MAIL_TIME_LIMIT}: for one mail with everything around it. */
  @WithDefault("30s")
  Duration timeLimit();
}
