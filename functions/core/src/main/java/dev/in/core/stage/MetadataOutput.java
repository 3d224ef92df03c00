package dev.in.core.stage;

import static java.util.Objects.requireNonNull;

import dev.in.events.MetadataExtracted;
import dev.in.result.Metadata;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The image's size and what it says about itself.
 *
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 */
@RegisterForReflection
public record MetadataOutput(int width, int height, Metadata metadata) implements StageOutput {
  public MetadataOutput {
    requireNonNull(metadata, "metadata is null");
  }

  @Override
  public MetadataExtracted announcement() {
    return new MetadataExtracted(
        width,
        height,
        metadata.orientation(),
        metadata.capturedAt(),
        metadata.cameraMake(),
        metadata.cameraModel(),
        metadata.lens(),
        metadata.keywords());
  }
}
