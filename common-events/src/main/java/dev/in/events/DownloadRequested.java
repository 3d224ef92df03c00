package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Drives {@code download}: the first message of a task, published by the edge.
 *
 * @param skipAnalysis why the image is not to be analysed, as in {@code budget_exceeded}; absent
 *     where it is
 */
public record DownloadRequested(
    ImageInput input, List<Feature> features, Optional<String> skipAnalysis)
    implements TaskMessage {
  public DownloadRequested {
    requireNonNull(input, "input is null");
    features = features == null ? Feature.DEFAULT : List.copyOf(features);
    requireNonNull(skipAnalysis, "skipAnalysis is null");
  }

  /** Of an image that is to be analysed. */
  public DownloadRequested(ImageInput input, List<Feature> features) {
    this(input, features, Optional.empty());
  }

  @Override
  public EventType type() {
    return EventType.DOWNLOAD_REQUESTED;
  }
}
