package dev.in.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.library.LibraryEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner's account receives of one image. */
class HttpLibraryClientTest {
  private static final CallContext CONTEXT =
      new CallContext(Duration.ofSeconds(9), Optional.empty());

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
  void theWholeEntryIsPutWhereTheOwnersAccountHasIt() {
    edge.then(204);
    assertThat(put("google:7/ä b")).isEqualTo(new UpdateAnswer.Accepted());
    TestingEdge.Request request = edge.requests().getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path())
        .isEqualTo("/internal/v1/accounts/google%3A7%2F%C3%A4%20b/entries/q83vEjRWeJCrze8SNFZ4kA");
    assertThat(request.body())
        .isEqualTo(
            """
            {"version":3,"status":"completed","createdAt":1760000000123,"fileName":"pier.jpg",\
            "labels":["Boat"],"keywords":[],"colors":[]}\
            """);
  }

  @Test
  void anEntryThatTheEdgeRefusesIsNotSentAgain() {
    edge.thenProblem(400, "{\"code\":\"invalid_request\",\"detail\":\"day is odd\"}");
    assertThat(put("local")).isEqualTo(new UpdateAnswer.Refused(400, "day is odd"));
    assertThat(edge.requests()).hasSize(1);
  }

  private UpdateAnswer put(String owner) {
    try (EdgeConnection connection =
        new EdgeConnection(
            edge.uri(), "aud", new TestingIdentityTokens(), ClientSettings.DEFAULT)) {
      return new HttpLibraryClient(connection)
          .put(owner, "q83vEjRWeJCrze8SNFZ4kA", entry(), CONTEXT);
    }
  }

  private static LibraryEntry entry() {
    return new LibraryEntry(
        3,
        "completed",
        1_760_000_000_123L,
        Optional.empty(),
        Optional.of("pier.jpg"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("Boat"),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
