package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the host said of the body.
 *
 * @param contentType as the host claims, unchecked, at most 255 printable characters
 * @param declaredLength in bytes; empty if the host did not say, or said it of a compressed form
 * @param finalUrl where the redirects ended
 */
public record FetchedHeader(
    Optional<String> contentType, OptionalLong declaredLength, TargetUrl finalUrl) {
  public FetchedHeader {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(declaredLength, "declaredLength is null");
    requireNonNull(finalUrl, "finalUrl is null");
  }
}
