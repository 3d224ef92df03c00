package dev.in.emulator.vision;

import com.google.cloud.vision.v1.Feature.Type;
import dev.in.analysis.Feature;
import java.util.Optional;
import java.util.Set;

/** Which of Vision's feature types an engine here computes. */
final class VisionTypes {
  static final Set<Type> TEXT = Set.of(Type.TEXT_DETECTION, Type.DOCUMENT_TEXT_DETECTION);

  private VisionTypes() {}

  static Optional<Feature> engineOf(Type type) {
    if (TEXT.contains(type)) {
      return Optional.of(Feature.TEXT);
    }
    return type == Type.IMAGE_PROPERTIES ? Optional.of(Feature.COLORS) : Optional.empty();
  }
}
