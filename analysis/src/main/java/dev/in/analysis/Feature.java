package dev.in.analysis;

import java.util.Optional;

/**
 * What can be asked of an image. {@link #wireName()} is the word that the contract uses; a feature
 * without a local engine is answered as unavailable.
 */
public enum Feature {
  TEXT("text"),
  COLORS("colors"),
  LABELS("labels"),
  OBJECTS("objects"),
  FACES("faces"),
  SAFE_SEARCH("safeSearch");

  private final String wireName;

  Feature(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Returns the feature of this name, or nothing where the name is unknown. */
  public static Optional<Feature> ofWireName(String name) {
    for (Feature feature : values()) {
      if (feature.wireName.equals(name)) {
        return Optional.of(feature);
      }
    }
    return Optional.empty();
  }
}
