package dev.in.bench.localcloud;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PushConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Messages are published while Google's subscriber takes them by streaming pull. */
record PullCase(String name, int operations) implements Case {

  @Override
  public Service service() {
    return Service.PUBSUB;
  }

  @Override
  public Result run(Server server, int messages) throws Exception {
    Receipts receipts = new Receipts(messages);
    try (PubSubSession pubSub = new PubSubSession(server.host())) {
      pubSub.subscribe(PushConfig.getDefaultInstance());
      Duration cpu = server.cpu();
      Subscriber subscriber = pubSub.pull(receipts::received);
      try {
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
          receipts.sent(i);
          pubSub.publish(i);
        }
        receipts.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        return Result.of(
            receipts.latencies(),
            seconds,
            server.cpu().minus(cpu).toMillis(),
            receipts.duplicates(),
            server.rssMiB());
      } finally {
        subscriber.stopAsync().awaitTerminated(20, TimeUnit.SECONDS);
      }
    }
  }
}
