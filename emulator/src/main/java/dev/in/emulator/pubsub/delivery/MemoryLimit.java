package dev.in.emulator.pubsub.delivery;

import io.grpc.Status;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that all backlogs hold and refuses more than there is room for. */
public final class MemoryLimit {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  public MemoryLimit(long limit) {
    this.limit = limit;
  }

  void change(long bytes) {
    held.addAndGet(bytes);
  }

  /** Called before messages are taken in. Concurrent publishers may overshoot by a request each. */
  public void requireRoomFor(long bytes) {
    if (held.get() + bytes > limit) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("the local cloud holds " + held.get() + " bytes of messages, its limit")
          .asRuntimeException();
    }
  }
}
