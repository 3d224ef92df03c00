package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherFutureStub;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.FaultRule;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

  /** By default Java's client asks to upgrade its first request to HTTP/2, also one with a body. */
  @Test
  void eachFirstRequestOfManyClientsIsAnswered() throws Exception {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      URI topic = cloud.endpoint().resolve("/v1/projects/in-local/topics/upgraded");
      Http.send("PUT", topic, "{}");
      HttpRequest publish =
          HttpRequest.newBuilder(URI.create(topic + ":publish"))
              .timeout(Duration.ofSeconds(20))
              .POST(BodyPublishers.ofString("{\"messages\":[{\"data\":\"eA==\"}]}"))
              .build();
      for (int i = 0; i < 200; i++) {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
          assertThat(fresh.send(publish, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
      }
      assertThat(cloud.pubSub().published("upgraded")).hasSize(200);
    }
  }

  /** It asks with later requests of a connection, too. */
  @Test
  void eachRequestOfOneClientIsAnswered() throws Exception {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 200; i++) {
        URI topic = cloud.endpoint().resolve("/v1/projects/in-local/topics/upgraded-" + i);
        HttpRequest create =
            HttpRequest.newBuilder(topic)
                .timeout(Duration.ofSeconds(20))
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(create, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  /** Google's client tries a listener again for ever, unless the refusal is final. */
  @Test
  void aListenerIsRefusedOnce() throws Exception {
    String listen = "google.firestore.v1.Firestore/Listen";
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
        Firestore firestore =
            FirestoreOptions.newBuilder()
                .setProjectId("in-local")
                .setEmulatorHost(cloud.host())
                .build()
                .getService()) {
      CompletableFuture<FirestoreException> refusal = new CompletableFuture<>();
      firestore
          .document("tasks/t1")
          .addSnapshotListener((snapshot, failure) -> refusal.complete(failure));

      assertThat(refusal.get(20, TimeUnit.SECONDS).getStatus().getCode())
          .isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(cloud.counters().get(listen)).isEqualTo(1);
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
