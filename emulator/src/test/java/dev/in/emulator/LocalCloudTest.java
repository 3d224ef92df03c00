package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherFutureStub;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.FaultRule;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LocalCloudTest {
  private static final String LIST = "google.pubsub.v1.Publisher/ListTopics";

  @Test
  void closesAtOnceAlthoughACallHangs() {
    LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
    ManagedChannel channel = ManagedChannelBuilder.forTarget(cloud.host()).usePlaintext().build();
    try {
      cloud.faults().add(FaultRule.always(LIST, new Effect.Hang()));
      PublisherFutureStub publisher = PublisherGrpc.newFutureStub(channel);
      Future<?> hanging =
          publisher.listTopics(
              ListTopicsRequest.newBuilder().setProject("projects/in-local").build());
      Await.until("the call", () -> cloud.counters().get(LIST) == 1);
      long start = System.nanoTime();

      cloud.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThatThrownBy(hanging::get).hasMessageContaining("UNAVAILABLE");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void severalRunBesideEachOtherAndShareNothing() {
    try (LocalCloud one = LocalCloud.start(LocalCloudOptions.defaults());
        LocalCloud other = LocalCloud.start(LocalCloudOptions.defaults())) {
      assertThat(one.port()).isNotEqualTo(other.port());
      Http.send("PUT", one.endpoint().resolve("/v1/projects/in-local/topics/only-one"), "{}");
      assertThat(one.pubSub().topics()).containsExactly("only-one");
      assertThat(other.pubSub().topics()).isEqualTo(List.of());
      assertThat(one.identity().idToken("a@b.c", "x"))
          .isNotEqualTo(other.identity().idToken("a@b.c", "x"));
    }
  }
}
