package dev.in.ai;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.BoundingPoly;
import com.google.cloud.vision.v1.ColorInfo;
import com.google.cloud.vision.v1.LocalizedObjectAnnotation;
import com.google.cloud.vision.v1.NormalizedVertex;
import com.google.cloud.vision.v1.SafeSearchAnnotation;
import com.google.cloud.vision.v1.Vertex;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.Feature;
import dev.in.limits.Limits;
import dev.in.result.Analysis;
import dev.in.result.Box;
import dev.in.result.ColorShare;
import dev.in.result.Detection;
import dev.in.result.Label;
import dev.in.result.SafeSearch;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Vision's answer as an {@link Analysis}: typed, in pixels, and bounded. */
final class VisionAnalysis {
  private VisionAnalysis() {}

  static Analysis of(
      AnnotateImageResponse response,
      MetadataOutput size,
      List<Feature> asked,
      List<Feature> unavailable) {
    List<Feature> answered =
        asked.stream().filter(feature -> !unavailable.contains(feature)).toList();
    return new Analysis(
        VisionAnalyzer.PROVIDER,
        asked,
        when(answered, Feature.TEXT, () -> VisionText.of(response.getFullTextAnnotation())),
        when(answered, Feature.COLORS, () -> colors(response)),
        when(answered, Feature.LABELS, () -> labels(response)),
        when(answered, Feature.OBJECTS, () -> objects(response, size)),
        when(answered, Feature.FACES, () -> faces(response)),
        when(answered, Feature.SAFE_SEARCH, () -> safeSearch(response.getSafeSearchAnnotation())),
        unavailable,
        Optional.empty(),
        false);
  }

  private static <T> Optional<T> when(List<Feature> answered, Feature feature, Supplier<T> result) {
    return answered.contains(feature) ? Optional.of(result.get()) : Optional.empty();
  }

  private static List<ColorShare> colors(AnnotateImageResponse response) {
    return response.getImagePropertiesAnnotation().getDominantColors().getColorsList().stream()
        .limit(Limits.MAX_COLORS)
        .map(VisionAnalysis::color)
        .toList();
  }

  private static ColorShare color(ColorInfo info) {
    return new ColorShare(
        "#%02x%02x%02x"
            .formatted(
                channel(info.getColor().getRed()),
                channel(info.getColor().getGreen()),
                channel(info.getColor().getBlue())),
        rounded(info.getScore()),
        rounded(info.getPixelFraction()));
  }

  private static int channel(float value) {
    return Math.clamp(Math.round(value), 0, 255);
  }

  private static List<Label> labels(AnnotateImageResponse response) {
    return response.getLabelAnnotationsList().stream()
        .limit(Limits.MAX_LABELS)
        .map(label -> new Label(label.getDescription(), rounded(label.getScore())))
        .toList();
  }

  private static List<Detection> objects(AnnotateImageResponse response, MetadataOutput size) {
    return response.getLocalizedObjectAnnotationsList().stream()
        .limit(Limits.MAX_DETECTIONS)
        .map(object -> object(object, size))
        .toList();
  }

  private static Detection object(LocalizedObjectAnnotation object, MetadataOutput size) {
    BoundingPoly.Builder pixels = BoundingPoly.newBuilder();
    for (NormalizedVertex vertex : object.getBoundingPoly().getNormalizedVerticesList()) {
      pixels.addVertices(
          Vertex.newBuilder()
              .setX(Math.round(vertex.getX() * size.width()))
              .setY(Math.round(vertex.getY() * size.height())));
    }
    return new Detection(object.getName(), rounded(object.getScore()), box(pixels.build()));
  }

  private static List<Detection> faces(AnnotateImageResponse response) {
    return response.getFaceAnnotationsList().stream()
        .limit(Limits.MAX_DETECTIONS)
        .map(
            face ->
                new Detection(
                    "face", rounded(face.getDetectionConfidence()), box(face.getBoundingPoly())))
        .toList();
  }

  private static SafeSearch safeSearch(SafeSearchAnnotation annotation) {
    return new SafeSearch(
        annotation.getAdult().name(),
        annotation.getSpoof().name(),
        annotation.getMedical().name(),
        annotation.getViolence().name(),
        annotation.getRacy().name());
  }

  /** The upright box around a polygon. */
  static Box box(BoundingPoly poly) {
    int left = poly.getVerticesList().stream().mapToInt(Vertex::getX).min().orElse(0);
    int top = poly.getVerticesList().stream().mapToInt(Vertex::getY).min().orElse(0);
    int right = poly.getVerticesList().stream().mapToInt(Vertex::getX).max().orElse(0);
    int bottom = poly.getVerticesList().stream().mapToInt(Vertex::getY).max().orElse(0);
    return new Box(left, top, right - left, bottom - top);
  }

  /** Four decimals say all that a confidence has to say. */
  static double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 10_000) / 10_000.0 : 0;
  }
}
