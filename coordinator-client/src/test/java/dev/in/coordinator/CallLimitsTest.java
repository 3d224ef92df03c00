package dev.in.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.in.coordinator.UpdateAnswer.Accepted;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the edge behaves, a call ends, and in time. */
@Timeout(60)
class CallLimitsTest {
  /** Long enough for a request to arrive on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestingIdentityTokens tokens = new TestingIdentityTokens();
  private TestingEdge edge;

  @BeforeEach
  void startEdge() throws IOException {
    edge = new TestingEdge();
  }

  @AfterEach
  void stopEdge() {
    edge.close();
  }

  @Test
  void silenceEndsWithTheRequestsTimeoutAndIsTriedAgain() {
    edge.thenSilence().thenSilence().then(204);
    assertThat(send(settings(SHORT, 3), LONG)).isEqualTo(new Accepted());
    assertThat(edge.requests()).hasSize(3);
  }

  @Test
  void silenceForGoodIsAnAnswerToo() {
    edge.thenSilence().thenSilence();
    assertThat(send(settings(SHORT, 2), LONG)).isEqualTo(new Unavailable("no answer in time"));
    assertThat(edge.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 503})
  void aBodyThatDoesNotEndCostsNoMoreThanSilence(int status) {
    edge.thenHeadWithoutEnd(status);
    assertThat(send(settings(SHORT, 1), LONG)).isEqualTo(new Unavailable("no answer in time"));
  }

  @Test
  void theCallsLimitCutsARequestShort() {
    edge.thenSilence();
    long before = System.nanoTime();
    assertThat(send(settings(LONG, 5), SHORT)).isEqualTo(new Unavailable("no answer in time"));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(SHORT, Duration.ofSeconds(20));
    assertThat(edge.requests()).hasSize(1);
  }

  @Test
  void aPauseThatWouldOutlastTheCallIsNotBegun() {
    edge.then(503, 204);
    ClientSettings slow = new ClientSettings(LONG, LONG, 3, LONG, LONG);
    long before = System.nanoTime();
    assertThat(send(slow, Duration.ofSeconds(30)))
        .isEqualTo(new Unavailable("the edge answered 503"));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(edge.requests()).hasSize(1);
  }

  @Test
  void aTokenThatTakesAllTheTimeLeavesNoneForTheRequest() {
    IdentityTokens slow =
        audience -> {
          long until = System.nanoTime() + Duration.ofMillis(60).toNanos();
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
          return "late";
        };
    try (EdgeConnection connection =
        new EdgeConnection(edge.uri(), "aud", slow, settings(LONG, 1))) {
      assertThat(
              new HttpCoordinatorClient(connection)
                  .send(Updates.completed(), context(Duration.ofMillis(50))))
          .isEqualTo(new Unavailable("no time left"));
    }
    assertThat(edge.requests()).isEmpty();
  }

  @Test
  void theEdgeIsLeftAloneAsLongAsItAsks() {
    edge.then(429, "Retry-After", "1").then(204);
    assertThat(send(patient(Duration.ofSeconds(5)), LONG)).isEqualTo(new Accepted());
    assertThat(
            Duration.ofNanos(edge.requests().get(1).nanoTime() - edge.requests().get(0).nanoTime()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anEdgeThatAsksForMoreThanWeWaitIsLeftToPubSub() {
    edge.then(503, "Retry-After", "6").then(204);
    assertThat(send(patient(Duration.ofSeconds(5)), LONG))
        .isEqualTo(new Unavailable("the edge answered 503"));
    assertThat(edge.requests()).hasSize(1);
  }

  @Test
  void noTokenIsNoCatastrophe() {
    tokens.failingAtFirst(3);
    assertThat(send(settings(LONG, 3), LONG))
        .isEqualTo(new Unavailable("no ID token: IOException"));
    assertThat(tokens.audiences()).hasSize(3);
    assertThat(edge.requests()).isEmpty();
  }

  @Test
  void aTokenThatComesLaterIsUsed() {
    tokens.failingAtFirst(2);
    edge.then(204);
    assertThat(send(settings(LONG, 3), LONG)).isEqualTo(new Accepted());
    assertThat(edge.requests()).hasSize(1);
  }

  @Test
  void nobodyAtThatAddressIsAnAnswerAfterAllAttempts() throws IOException {
    URI nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
    }
    try (EdgeConnection connection = connection(nobody, settings(LONG, 3))) {
      assertThat(new HttpCoordinatorClient(connection).send(Updates.completed(), context(LONG)))
          .isEqualTo(new Unavailable("no answer: ConnectException"));
    }
    assertThat(tokens.audiences()).hasSize(3);
  }

  @Test
  void aConnectionThatIsCutIsTriedAgain() {
    edge.then(HttpExchange::close).then(204);
    assertThat(send(settings(LONG, 2), LONG)).isEqualTo(new Accepted());
    assertThat(edge.requests()).hasSize(2);
  }

  @Test
  void aCallThatIsInterruptedEndsAndLeavesTheFlag() throws Exception {
    edge.thenSilence();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<UpdateAnswer> answer = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  answer.complete(send(settings(LONG, 3), LONG));
                  flag.complete(Thread.currentThread().isInterrupted());
                });
    while (edge.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    assertThat(answer.get()).isEqualTo(new Unavailable("interrupted"));
    assertThat(flag.get()).isTrue();
  }

  private UpdateAnswer send(ClientSettings settings, Duration timeLimit) {
    try (EdgeConnection connection = connection(edge.uri(), settings)) {
      return new HttpCoordinatorClient(connection).send(Updates.completed(), context(timeLimit));
    }
  }

  private EdgeConnection connection(URI uri, ClientSettings settings) {
    return new EdgeConnection(uri, "https://edge.example", tokens, settings);
  }

  private static CallContext context(Duration timeLimit) {
    return new CallContext(timeLimit, Optional.empty());
  }

  private static ClientSettings settings(Duration requestTimeout, int attempts) {
    return new ClientSettings(
        Duration.ofSeconds(5),
        requestTimeout,
        attempts,
        Duration.ofMillis(1),
        Duration.ofMillis(2));
  }

  private static ClientSettings patient(Duration maxBackoff) {
    return new ClientSettings(LONG, LONG, 2, Duration.ofMillis(1), maxBackoff);
  }
}
