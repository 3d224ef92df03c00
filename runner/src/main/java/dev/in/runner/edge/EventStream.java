package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events, as far as the edge sends them: one {@code id} and one line of {@code data}
 * each (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
final class EventStream implements AutoCloseable {
  private final BufferedReader lines;

  EventStream(InputStream body) {
    requireNonNull(body, "body is null");
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The next event; empty at the end. Blocks, at most as long as the connection is silent. */
  Optional<Event> next() throws IOException {
    String id = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !data.isEmpty()) {
        return Optional.of(new Event(id, data));
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /**
   * @param id what to resume after
   * @param data JSON
   */
  record Event(String id, String data) {}
}
