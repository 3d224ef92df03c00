package dev.in.ai;

import com.google.cloud.vision.v1.Feature.Type;
import dev.in.events.Feature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** iN's features in Vision's words. */
final class VisionFeatures {
  private static final Map<Feature, Type> TYPES =
      Map.of(
          Feature.TEXT, Type.TEXT_DETECTION,
          Feature.COLORS, Type.IMAGE_PROPERTIES,
          Feature.LABELS, Type.LABEL_DETECTION,
          Feature.OBJECTS, Type.OBJECT_LOCALIZATION,
          Feature.FACES, Type.FACE_DETECTION,
          Feature.SAFE_SEARCH, Type.SAFE_SEARCH_DETECTION);

  private VisionFeatures() {}

  /** Vision's type; empty for a feature that this version does not know. */
  static Optional<Type> type(Feature feature) {
    return Optional.ofNullable(TYPES.get(feature));
  }

  /** The features of those that Vision's type names stand for. */
  static List<Feature> named(List<String> typeNames) {
    return Feature.KNOWN.stream()
        .filter(feature -> typeNames.contains(TYPES.get(feature).name()))
        .toList();
  }
}
