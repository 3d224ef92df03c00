package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.events.Feature;
import dev.in.events.Priority;
import java.util.List;

/**
 * How the user wants the pictures processed.
 *
 * @param features empty leaves the choice to the edge
 */
public record Wishes(Priority priority, List<Feature> features) {
  public Wishes {
    requireNonNull(priority, "priority is null");
    features = List.copyOf(features);
  }
}
