package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** To a folder on this machine, a file each, as a mail server would have got it. */
final class FileTransport implements MailTransport {
  private final Path folder;
  private final String from;

  FileTransport(Path folder, String from) {
    this.folder = requireNonNull(folder, "folder is null");
    this.from = requireNonNull(from, "from is null");
  }

  @Override
  public Result send(Letter letter, Deadline deadline) {
    String mail = new MailEncoder(letter.message(from), "localhost").encode();
    try {
      Files.createDirectories(folder);
      Path draft = Files.writeString(folder.resolve(letter.eventId() + ".draft"), mail);
      Files.move(draft, folder.resolve(letter.eventId() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
      return Result.SENT;
    } catch (IOException e) {
      throw new TransientFailure("the mail cannot be written", e);
    }
  }
}
