package dev.in.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.TestingServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountTest {
  private TestingServer server;
  private Account account;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer();
    account =
        new Account(
            new EdgeClient(server.uri(), Optional.empty()),
            new RetryPolicy(Duration.ofSeconds(30), note -> {}));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theLibraryIsReadToItsLastPage() throws Exception {
    server.answer(
        "GET /v1/tasks?limit=200", 200, "{\"items\":[{\"taskId\":\"b\"}],\"nextCursor\":\"x1\"}");
    server.answer("GET /v1/tasks?limit=200&cursor=x1", 200, "{\"items\":[{\"taskId\":\"a\"}]}");

    assertThat(account.library())
        .extracting(item -> item.path("taskId").asText())
        .containsExactly("b", "a");
  }

  @Test
  void theFeedIsReadUpToTheLatestEntryAndAgainIfItEndsBefore() throws Exception {
    server.answer("GET /v1/account", 200, "{\"cursor\":9}");
    server.answer("GET /v1/events?cursor=7", 200, entry(8));
    server.answer("GET /v1/events?cursor=7", 200, entry(8) + entry(9) + entry(10));

    assertThat(account.feed(7))
        .extracting(entry -> entry.path("seq").asLong())
        .containsExactly(8L, 9L);
    assertThat(account.feed(9)).isEmpty();
  }

  private static String entry(long seq) {
    return "id: %d\nevent: task.submitted\ndata: {\"seq\":%d}\n\n".formatted(seq, seq);
  }
}
