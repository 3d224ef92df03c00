package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.emulator.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint answers, or fails to, and what comes of it. */
class PushAnswerTest extends PushFixture {
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void theseStatusesAck(int status) {
    endpoint.behave(push -> status);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the ack", () -> stats(subscription).acks() == 1);
    assertThat(stats(subscription).backlog()).isZero();
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.of(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 205, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 503, 504})
  void everyOtherStatusNacks(int status) {
    endpoint.behave(push -> status);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    assertThat(stats(subscription).backlog()).isEqualTo(1);
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.of(status));
  }

  @Test
  void status102AcksAlthoughHttpExpectsAnotherAfterIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(server, "HTTP/1.1 102 Processing\r\n\r\n"));
      String subscription = subscribe("http://localhost:" + server.getLocalPort() + "/");
      clients.publish(topic, "x");
      Await.until("the ack", () -> stats(subscription).acks() == 1);
    }
  }

  @Test
  void anEndpointThatIsNotThereNacks() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    String subscription = subscribe("http://localhost:" + port + "/");
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void silenceForTheWholeAckDeadlineIsANack() {
    CountDownLatch release = new CountDownLatch(1);
    endpoint.behave(
        push -> {
          release.await();
          return 204;
        });
    String subscription = subscribe();
    clients.publish(topic, "x");
    endpoint.await(1);
    timers.pass(Duration.ofMillis(9_999));
    assertThat(stats(subscription).expirations()).isZero();
    timers.pass(Duration.ofMillis(1));
    assertThat(stats(subscription).expirations()).isEqualTo(1);
    timers.pass(Duration.ofMillis(100));
    endpoint.await(2);
    endpoint.behave(push -> 204);
    release.countDown();
    Await.until("the ack", () -> stats(subscription).backlog() == 0);
  }

  @Test
  void anEndpointThatIsSilentForTheWholeAckDeadlineIsHungUpOn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> theRequest = new CompletableFuture<>();
      CompletableFuture<Integer> afterTheRequest = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> stayEndlesslySilent(server, theRequest, afterTheRequest));
      subscribe("http://localhost:" + server.getLocalPort() + "/");
      clients.publish(topic, "x");
      assertThat(theRequest.get(20, TimeUnit.SECONDS)).startsWith("POST / HTTP/1.1");
      timers.pass(Duration.ofSeconds(9));
      assertThat(afterTheRequest).isNotDone();
      timers.pass(Duration.ofSeconds(1));
      assertThat(afterTheRequest.get(20, TimeUnit.SECONDS)).as("end of stream").isEqualTo(-1);
    }
  }

  @Test
  void aSubscriptionThatIsDeletedPushesNoMore() {
    endpoint.behave(push -> 500);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    clients.subscriptions.deleteSubscription(subscription);
    timers.pass(Duration.ofMinutes(10));
    assertThat(endpoint.pushes()).hasSize(1);
  }

  private static void answerOnce(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[10_000]);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.getInputStream().read();
    } catch (IOException ended) {
      // The test is over.
    }
  }

  private static void stayEndlesslySilent(
      ServerSocket server,
      CompletableFuture<String> theRequest,
      CompletableFuture<Integer> afterTheRequest) {
    try (Socket socket = server.accept()) {
      InputStream input = socket.getInputStream();
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\"subscription\"") < 0 || !request.toString().endsWith("}")) {
        request.append((char) input.read());
      }
      theRequest.complete(request.toString());
      afterTheRequest.complete(input.read());
    } catch (IOException broken) {
      afterTheRequest.complete(-1);
    }
  }
}
