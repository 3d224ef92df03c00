package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.events.Feature;
import dev.in.events.Priority;
import java.util.List;

/**
 * How the images are to be processed.
 *
 * @param features empty leaves the choice to the edge
 */
public record SubmissionOptions(Priority priority, List<Feature> features) {
  public SubmissionOptions {
    requireNonNull(priority, "priority is null");
    features = List.copyOf(features);
  }
}
