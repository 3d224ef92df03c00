package dev.in.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The body as a sink sees it: every fault of the host is put into our words and remembered. */
final class GuardedBody extends InputStream {
  private final InputStream in;
  private final HostTimer timer;
  private Optional<FetchFailure> failure = Optional.empty();

  GuardedBody(InputStream in, HostTimer timer) {
    this.in = in;
    this.timer = timer;
  }

  /** What ended the body before its time, even if the sink did not let it through. */
  Optional<FetchFailure> failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (failure.isPresent()) {
      throw new BodyFailure(failure.get());
    }
    try {
      if (timer.hasPassed()) {
        throw new IOException("the host's time is used up");
      }
      return timer.onHostTime(() -> in.read(buffer, offset, length));
    } catch (InterruptedFetchException e) {
      throw e;
    } catch (IOException e) {
      failure = Optional.of(TransportErrors.toFailure(e, timer));
      throw new BodyFailure(failure.get());
    }
  }
}
