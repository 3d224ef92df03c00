package dev.in.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.core.testing.FunctionProcess;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the dashboards show of the runtime is what a packaged function serves. (Their metrics of
 * iN's own are checked against core's list of them, by checks/.)
 */
@ExtendWith(LocalCloudExtension.class)
class DashboardsIT {
  private static final Path DASHBOARDS = Path.of("../../docs/operations/dashboards");
  private static final Pattern METRIC = Pattern.compile("\\b([a-z][a-z0-9_]*)\\{");
  private static final String OWN = "in_";

  @Test
  void everyMetricOfTheRuntimeIsServedWithItsFunction(LocalCloudProcess cloud) throws Exception {
    Topology.load().topics().keySet().forEach(cloud::createTopic);
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    environment.put("IN_EDGE_URL", "http://127.0.0.1:1");
    try (FunctionProcess function =
        FunctionProcess.start(environment, "-Xmx80m")) { // so that it collects garbage
      PushClient client = new PushClient(function.awaitReady());
      client.push(PushBody.of("nothing".getBytes(StandardCharsets.UTF_8)));

      String scrape = client.get("/q/metrics").body();

      assertThat(metricsOfTheRuntime())
          .isNotEmpty()
          .allSatisfy(
              metric ->
                  assertThat(scrape.lines())
                      .as(metric)
                      .anyMatch(
                          line ->
                              line.startsWith(metric + "{")
                                  && line.contains("function=\"download\"")));
    }
  }

  private static Set<String> metricsOfTheRuntime() throws IOException {
    Set<String> metrics = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(DASHBOARDS, "*.json")) {
      for (Path file : files) {
        for (JsonNode query : new ObjectMapper().readTree(file.toFile()).findValues("expr")) {
          collect(query.asText(), metrics);
        }
      }
    }
    return metrics;
  }

  private static void collect(String query, Set<String> metrics) {
    for (Matcher found = METRIC.matcher(query); found.find(); ) {
      if (!found.group(1).startsWith(OWN)) {
        metrics.add(found.group(1));
      }
    }
  }
}
