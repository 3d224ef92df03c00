package dev.in.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.coordinator.TestingEdge.Request;
import dev.in.coordinator.UpdateAnswer.Accepted;
import dev.in.coordinator.UpdateAnswer.NotAuthorized;
import dev.in.coordinator.UpdateAnswer.Refused;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import dev.in.coordinator.UpdateAnswer.UnknownTask;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what each answer means. */
class HttpCoordinatorClientTest {
  private static final ClientSettings QUICK =
      new ClientSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          3,
          Duration.ofMillis(1),
          Duration.ofMillis(2));
  private static final CallContext CONTEXT =
      new CallContext(Duration.ofSeconds(20), Optional.empty());

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
  void aCompletedTaskIsSentWithItsResult() {
    edge.then(204);
    assertThat(send(Updates.completed())).isEqualTo(new Accepted());
    Request request = edge.requests().getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path()).isEqualTo("/internal/v1/tasks/q83vEjRWeJCrze8SNFZ4kA/status");
    assertThat(request.headers().get("Content-Type")).containsExactly("application/json");
    assertThat(request.headers().get("Authorization")).containsExactly("Bearer kept");
    assertThat(request.body())
        .isEqualTo(
            """
            {"eventId":"e41da8b2-efd3-5aa4-9dc1-e3c28ee11377","run":2,"status":"completed",\
            "timestamp":1760000000123,"traceId":"0af7651916cd43dd8448eb211c80319c",\
            "result":{"contentType":"image/jpeg","keywords":["M\u00f6we"]}}\
            """);
  }

  @Test
  void aFailedTaskIsSentWithItsErrorAndStage() {
    edge.then(204);
    send(Updates.failed());
    assertThat(edge.requests().getFirst().body())
        .isEqualTo(
            """
            {"eventId":"e41da8b2-efd3-5aa4-9dc1-e3c28ee11377","run":2,"status":"failed",\
            "stage":"metadata","timestamp":1760000000123,\
            "traceId":"0af7651916cd43dd8448eb211c80319c","error":{"code":"corrupt_image",\
            "message":"The image has no header.","stage":"metadata"}}\
            """);
  }

  @Test
  void aMilestoneIsSentInTheEdgesWords() {
    edge.then(204);
    send(Updates.processing());
    assertThat(edge.requests().getFirst().body())
        .isEqualTo(
            """
            {"eventId":"e41da8b2-efd3-5aa4-9dc1-e3c28ee11377","run":2,\
            "status":"processing_in_gcp","stage":"download","timestamp":1760000000123,\
            "traceId":"0af7651916cd43dd8448eb211c80319c"}\
            """);
  }

  @Test
  void noUpgradeOfTheProtocolIsTried() {
    edge.then(204);
    send(Updates.completed());
    assertThat(edge.requests().getFirst().headers())
        .doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void theSpanIsPassedOn() {
    String span = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    edge.then(204);
    send(Updates.completed(), new CallContext(Duration.ofSeconds(9), Optional.of(span)));
    assertThat(edge.requests().getFirst().headers().get("traceparent")).containsExactly(span);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX: y"
      })
  void aSpanOfAnotherFormIsDropped(String span) {
    edge.then(204);
    send(Updates.completed(), new CallContext(Duration.ofSeconds(9), Optional.of(span)));
    assertThat(edge.requests().getFirst().headers()).doesNotContainKeys("traceparent", "X");
  }

  @Test
  void theTokenIsMadeForTheConfiguredAudienceAndNotForTheAddress() {
    edge.then(204);
    send(Updates.completed());
    assertThat(tokens.audiences()).containsExactly("https://edge.example");
  }

  @Test
  void anEdgeBehindAPathIsReachedThere() {
    edge.then(204);
    try (EdgeConnection connection = connection(URI.create(edge.uri() + "/behind/"))) {
      new HttpCoordinatorClient(connection).send(Updates.completed(), CONTEXT);
    }
    assertThat(edge.requests().getFirst().path())
        .isEqualTo("/behind/internal/v1/tasks/q83vEjRWeJCrze8SNFZ4kA/status");
  }

  @Test
  void aTaskTheEdgeDoesNotKnowIsAskedForOnce() {
    edge.thenProblem(404, "{\"detail\":\"no such task\",\"code\":\"unknown_task\"}");
    assertThat(send(Updates.completed())).isEqualTo(new UnknownTask());
    assertThat(edge.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "{\"code\":\"not_found\"}", "{\"detail\":\"unknown_task\"}", "[]"})
  void whoHasNoSuchAddressIsNotTheCoordinator(String body) {
    edge.thenProblem(404, body).thenProblem(404, body).then(204);
    assertThat(send(Updates.completed())).isEqualTo(new Accepted());
    assertThat(edge.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void anUpdateThatIsWrongIsRefusedOnceAndSaysWhy(int status) {
    edge.thenProblem(status, "{\"title\":\"Not valid\",\"detail\":\"run must be 1 or more\"}");
    assertThat(send(Updates.completed())).isEqualTo(new Refused(status, "run must be 1 or more"));
    assertThat(edge.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"detail\":5}", "{\"detail\":"})
  void aRefusalWithoutAProblemSaysNothing(String body) {
    edge.thenProblem(400, body);
    assertThat(send(Updates.completed())).isEqualTo(new Refused(400, ""));
  }

  @Test
  void onlyTheBeginningOfARefusalIsRead() {
    edge.thenEndlessBody(400);
    assertThat(send(Updates.completed())).isEqualTo(new Refused(400, ""));
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() {
    edge.then(401, 204);
    assertThat(send(Updates.completed())).isEqualTo(new Accepted());
    assertThat(edge.requests())
        .extracting(request -> request.headers().getFirst("Authorization"))
        .containsExactly("Bearer kept", "Bearer fresh-1");
  }

  @Test
  void aFreshTokenThatIsRefusedToIsNotReplacedAgain() {
    edge.then(401).thenProblem(401, "{\"detail\":\"wrong audience\"}").then(204);
    assertThat(send(Updates.completed())).isEqualTo(new NotAuthorized(401, "wrong audience"));
    assertThat(edge.requests()).hasSize(2);
  }

  @Test
  void afterAnOutageTheFreshTokenIsStillTheOnlyOne() {
    edge.then(401, 503, 401, 204);
    assertThat(send(Updates.completed())).isEqualTo(new NotAuthorized(401, ""));
    assertThat(edge.requests())
        .extracting(request -> request.headers().getFirst("Authorization"))
        .containsExactly("Bearer kept", "Bearer fresh-1", "Bearer fresh-2");
  }

  @Test
  void anotherAccountIsForbiddenAtOnce() {
    edge.thenProblem(403, "{\"detail\":\"not sync\"}").then(204);
    assertThat(send(Updates.completed())).isEqualTo(new NotAuthorized(403, "not sync"));
    assertThat(edge.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void anEdgeInTroubleIsAskedThreeTimes(int status) {
    edge.then(status, status, status, 204);
    assertThat(send(Updates.completed())).isEqualTo(new Unavailable("the edge answered " + status));
    assertThat(edge.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 405, 409, 410, 415})
  void aWordThatIsNotTheCoordinatorsEndsNothing(int status) {
    edge.then(status, status, status);
    assertThat(send(Updates.completed())).isEqualTo(new Unavailable("the edge answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowedSinceTheTokenIsForTheEdgeAlone(int status) {
    for (int i = 0; i < 3; i++) {
      edge.then(status, "Location", edge.uri() + "/elsewhere");
    }
    assertThat(send(Updates.completed())).isEqualTo(new Unavailable("the edge answered " + status));
    assertThat(edge.requests()).hasSize(3).extracting(Request::path).doesNotContain("/elsewhere");
  }

  @Test
  void anEdgeThatRecoversAcceptsTheSameUpdate() {
    edge.then(503, 500, 204);
    assertThat(send(Updates.completed())).isEqualTo(new Accepted());
    assertThat(edge.requests())
        .hasSize(3)
        .extracting(Request::body)
        .containsOnly(edge.requests().getFirst().body());
  }

  private UpdateAnswer send(StatusUpdate update) {
    return send(update, CONTEXT);
  }

  private UpdateAnswer send(StatusUpdate update, CallContext context) {
    try (EdgeConnection connection = connection(edge.uri())) {
      return new HttpCoordinatorClient(connection).send(update, context);
    }
  }

  private EdgeConnection connection(URI uri) {
    return new EdgeConnection(uri, "https://edge.example", tokens, QUICK);
  }
}
