package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.image.ImageMetadata;

/**
 * The picture's size and what it says of itself.
 *
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 */
public record MetadataOutput(int width, int height, ImageMetadata metadata) implements StageOutput {
  public MetadataOutput {
    requireNonNull(metadata, "metadata is null");
  }
}
