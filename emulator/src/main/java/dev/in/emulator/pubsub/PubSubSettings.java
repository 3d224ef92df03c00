package dev.in.emulator.pubsub;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * What may differ between one local Pub/Sub and another.
 *
 * @param project whose topics and subscriptions tools see by their ids
 * @param timeScale divides every configured duration
 * @param restricted accounts that may only publish, over REST
 * @param publishers for each of them, the ids of the topics that it may publish to
 */
public record PubSubSettings(
    String project, double timeScale, Set<String> restricted, Map<String, Set<String>> publishers) {

  public PubSubSettings {
    requireNonNull(project, "project is null");
    restricted = Set.copyOf(restricted);
    publishers = Map.copyOf(publishers);
  }
}
