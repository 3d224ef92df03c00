package dev.in.bench.localcloud;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each message was sent and first received. */
final class Receipts {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final AtomicLongArray sent;
  private final AtomicLongArray received;
  private final AtomicLong duplicates = new AtomicLong();
  private final CountDownLatch open;

  Receipts(int messages) {
    sent = new AtomicLongArray(messages);
    received = new AtomicLongArray(messages);
    open = new CountDownLatch(messages);
  }

  void sent(int number) {
    sent.set(number, System.nanoTime());
  }

  void received(long number) {
    if (received.compareAndSet((int) number, 0, System.nanoTime())) {
      open.countDown();
    } else {
      duplicates.incrementAndGet();
    }
  }

  void await() throws InterruptedException {
    if (!open.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " messages did not arrive");
    }
  }

  long[] latencies() {
    long[] latencies = new long[sent.length()];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = received.get(i) - sent.get(i);
    }
    return latencies;
  }

  long duplicates() {
    return duplicates.get();
  }
}
