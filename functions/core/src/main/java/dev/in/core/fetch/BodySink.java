package dev.in.core.fetch;

import java.io.IOException;
import java.io.InputStream;

/** Takes a body as it arrives. */
@FunctionalInterface
public interface BodySink {
  /**
   * @param body ends after the last byte, and throws once the host fails, the deadline passes or a
   *     byte too many arrives; if the sink swallows that exception, the fetcher throws it again. It
   *     need not be read to its end, and need not be closed.
   * @throws IOException an error of the sink's own, which the fetcher rethrows unchanged
   */
  void receive(FetchedHeader header, InputStream body) throws IOException;
}
