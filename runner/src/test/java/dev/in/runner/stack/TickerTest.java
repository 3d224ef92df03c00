package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.TestingServer;
import dev.in.runner.TestingServer.Request;
import dev.in.runner.Wait;
import dev.in.topology.Topology;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in for Cloud Scheduler, five minutes in 50 ms. */
class TickerTest {
  private static final Topology TOPOLOGY = Topology.load().scaled(6_000);
  private static final String RECONCILE = "POST /reconcile";
  private static final String TOKEN =
      "GET /computeMetadata/v1/instance/service-accounts/default/identity";

  private final AtomicReference<List<StackProcess>> processes = new AtomicReference<>(List.of());
  private TestingServer recovery;
  private TestingServer metadata;
  private Ticker ticker;

  @BeforeEach
  void start() throws IOException {
    recovery = new TestingServer();
    metadata = new TestingServer().answer(TOKEN, 200, "the-push-token");
    ticker = new Ticker();
    Cloud cloud =
        new Cloud(metadata.uri(), Map.of(LocalNames.PUSH_ACCOUNT, metadata.uri().getAuthority()));
    ticker.start(TOPOLOGY, cloud, processes::get);
  }

  @AfterEach
  void stop() {
    ticker.close();
    recovery.close();
    metadata.close();
  }

  @Test
  void aFunctionIsCalledRegularlyWithThePushAccountsToken() throws Exception {
    recovery.answer(RECONCILE, 204, "");
    processes.set(List.of(at("recovery", recovery.uri().getPort())));

    Wait.until(() -> recovery.requests().size(), calls -> calls >= 3);

    assertThat(recovery.requests())
        .allMatch(request -> request.is(RECONCILE))
        .extracting(Request::body)
        .containsOnly("");
    assertThat(recovery.requests().getFirst().header("authorization"))
        .contains("Bearer the-push-token");
  }

  @Test
  void aCallThatFailsIsTheNextOnesToMakeGood() throws Exception {
    metadata.answer(TOKEN, 500, "").answer(TOKEN, 200, "the-push-token");
    recovery.answer(RECONCILE, 503, "").answer(RECONCILE, 204, "");
    processes.set(List.of(at("recovery", 1)));
    Wait.until(() -> metadata.requests(TOKEN).size(), calls -> calls >= 4);
    assertThat(recovery.requests()).isEmpty();

    processes.set(List.of(at("recovery", recovery.uri().getPort())));

    Wait.until(() -> recovery.requests().size(), calls -> calls >= 3);
  }

  @Test
  void whatHasNoTickIsNotCalled() throws Exception {
    TestingServer other = new TestingServer();
    try (other) {
      processes.set(
          List.of(at("download", other.uri().getPort()), at("recovery", recovery.uri().getPort())));

      Wait.until(() -> recovery.requests().size(), calls -> calls >= 3);

      assertThat(other.requests()).isEmpty();
    }
  }

  private static StackProcess at(String name, int port) {
    return new StackProcess(name, 1, port);
  }
}
