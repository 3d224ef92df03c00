package dev.in.core.fetch;

import java.io.IOException;
import java.io.InputStream;

/** Takes a body as it arrives. */
@FunctionalInterface
public interface BodySink {
  /**
   * @param body ends after the last byte, and throws once the host fails, the deadline passes or a
   *     byte too many comes; whoever swallows that exception gets it from the fetcher all the same.
   *     It need not be read to its end, and need not be closed.
   * @throws IOException a fault of the sink's own, which the fetcher hands on as it is
   */
  void receive(FetchedHeader header, InputStream body) throws IOException;
}
