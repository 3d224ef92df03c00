package dev.in.runner.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ties a child to this process: when this process ends, by {@code kill -9} too, the child's
 * standard input closes, upon which a watcher beside the child sends TERM and after 5 s KILL.
 */
final class Tether {
  private static final String SCRIPT = readScript();

  private Tether() {}

  /** The command, tied; it runs under the very process id that the shell starts with. */
  static List<String> tie(List<String> command) {
    return Stream.concat(Stream.of("/bin/sh", "-c", SCRIPT, "tether"), command.stream()).toList();
  }

  private static String readScript() {
    try (InputStream script = Tether.class.getResourceAsStream("tether.sh")) {
      if (script == null) {
        throw new IllegalStateException("tether.sh is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("tether.sh cannot be read", e);
    }
  }
}
