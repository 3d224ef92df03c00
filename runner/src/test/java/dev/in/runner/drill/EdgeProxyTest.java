package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.TestingServer;
import dev.in.runner.drill.EdgeProxy.Fault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeProxyTest {
  private static final String STATUS = "PUT /internal/v1/tasks/a/status";

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong requestsWhenKilled = new AtomicLong(-1);
  private TestingServer edge;
  private EdgeProxy proxy;

  @BeforeEach
  void start() throws IOException {
    edge = new TestingServer().answer(STATUS, 409, "{\"code\":\"conflict\"}");
    proxy = EdgeProxy.start();
    proxy.forwardTo(edge.uri());
  }

  @AfterEach
  void stop() {
    proxy.close();
    edge.close();
  }

  @Test
  void aCallGoesThroughAsItIsAndSoDoesItsAnswer() throws Exception {
    HttpResponse<String> answer = put();

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).isEqualTo("{\"code\":\"conflict\"}");
    TestingServer.Request request = edge.requests(STATUS).getFirst();
    assertThat(request.body()).isEqualTo("{\"status\":\"completed\"}");
    assertThat(request.headers().get("Authorization")).containsExactly("Bearer a-token");
    assertThat(proxy.calls()).isEqualTo(1);
    assertThat(proxy.hits()).isZero();
  }

  @Test
  void aRefusedCallNeverReachesTheEdgeAndTheNextOneDoes() throws Exception {
    proxy.setRule(number -> Optional.<Fault>of(new Fault.Refused(503)).filter(_ -> number == 1));

    assertThat(put().statusCode()).isEqualTo(503);
    assertThat(edge.requests()).isEmpty();
    assertThat(put().statusCode()).isEqualTo(409);
    assertThat(proxy.calls()).isEqualTo(2);
    assertThat(proxy.hits()).isEqualTo(1);
  }

  @Test
  void aCallWhoseAnswerIsLostReachesTheEdge() {
    proxy.setRule(_ -> Optional.of(new Fault.AnswerLost()));

    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(edge.requests(STATUS)).isNotEmpty();
  }

  @Test
  void itsCallerIsKilledBeforeOrAfterTheEdgeHasGotTheCall() {
    proxy.setRule(_ -> Optional.of(new Fault.CallerKilled(false, this::kill)));
    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(requestsWhenKilled).hasValue(0);
    assertThat(edge.requests()).isEmpty();

    proxy.setRule(
        number ->
            Optional.<Fault>of(new Fault.CallerKilled(true, this::kill)).filter(_ -> number == 1));
    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(requestsWhenKilled).hasValue(1);
  }

  @Test
  void anEdgeThatIsNotThereIsABadGateway() throws Exception {
    edge.close();

    assertThat(put().statusCode()).isEqualTo(502);
  }

  private void kill() {
    requestsWhenKilled.set(edge.requests().size());
  }

  private HttpResponse<String> put() throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(proxy.uri().resolve("/internal/v1/tasks/a/status"))
            .header("Authorization", "Bearer a-token")
            .method("PUT", BodyPublishers.ofString("{\"status\":\"completed\"}"))
            .build(),
        BodyHandlers.ofString());
  }
}
