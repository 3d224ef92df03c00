package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Drives {@code download}: the first message of a task, published by the edge. */
public record DownloadRequested(ImageInput input, List<Feature> features) implements TaskMessage {
  public DownloadRequested {
    requireNonNull(input, "input is null");
    features = features == null ? Feature.DEFAULT : List.copyOf(features);
  }

  @Override
  public EventType type() {
    return EventType.DOWNLOAD_REQUESTED;
  }
}
