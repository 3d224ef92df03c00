package dev.in.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.topology.Topology;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every packaged function must do as a process: as a jar, and as a native executable, where
 * reflection and resources that are not declared are missing.
 */
@ExtendWith(LocalCloudExtension.class)
public abstract class PackagedFunctionSuite {

  /** What an event of a task that is nowhere becomes: read by reflection, and acked. */
  protected abstract Probe probe();

  @Test
  void itGetsReadyReadsItsTopologyAndDecodesWhatItIsSent(LocalCloudProcess cloud) throws Exception {
    Topology.load().topics().keySet().forEach(cloud::createTopic);
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    environment.put("IN_EDGE_URL", "http://127.0.0.1:1");
    environment.put("IN_EDGE_AUDIENCE", "edge");
    try (FunctionProcess function = FunctionProcess.start(environment)) {
      PushClient client = new PushClient(function.awaitReady());

      assertThat(client.push(PushBody.of(probe().event().getBytes(UTF_8))).statusCode())
          .isEqualTo(204);

      JsonNode line =
          function.awaitLog(log -> log.path("message").asText().contains(probe().outcome()));
      assertThat(line.path("severity").asText()).isEqualTo("INFO");
      assertThat(client.get("/q/metrics").body()).contains("in_deliveries_seconds_count{");
    }
  }

  /**
   * An event, and how its delivery ends.
   *
   * @param type its {@code eventType}
   * @param payload as JSON
   * @param outcome as the log says it: {@code ack (done)}
   */
  public record Probe(String type, String payload, String outcome) {
    String event() {
      return """
      {"eventId": "6f2b1f0e-3c64-5d0a-9a53-1d0f6c0e9a77", "eventType": "%s",
       "taskId": "nowhereToBeFound0000", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
       "timestamp": 1, "source": "edge", "payload": %s}\
      """
          .formatted(type, payload);
    }
  }
}
