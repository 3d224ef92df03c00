package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.topology.Topology;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the local cloud's topics have carried lately (it keeps 10,000 messages of each), by task.
 */
final class PublishedMessages {
  private final Map<String, Map<String, List<JsonNode>>> byTopic = new HashMap<>();

  /** Reads them now. */
  PublishedMessages(LocalCloudClient cloud, Topology topology)
      throws IOException, InterruptedException {
    for (String topic : topology.topics().keySet()) {
      byTopic.put(topic, cloud.publishedByTask(topic));
    }
  }

  List<JsonNode> of(String topic, String taskId) {
    return byTopic.get(topic).getOrDefault(taskId, List.of());
  }
}
