package dev.in.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.BoundingPoly;
import com.google.cloud.vision.v1.ColorInfo;
import com.google.cloud.vision.v1.EntityAnnotation;
import com.google.cloud.vision.v1.FaceAnnotation;
import com.google.cloud.vision.v1.ImageProperties;
import com.google.cloud.vision.v1.Likelihood;
import com.google.cloud.vision.v1.LocalizedObjectAnnotation;
import com.google.cloud.vision.v1.NormalizedVertex;
import com.google.cloud.vision.v1.SafeSearchAnnotation;
import com.google.cloud.vision.v1.Vertex;
import com.google.type.Color;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.Feature;
import dev.in.json.StrictJson;
import dev.in.limits.Limits;
import dev.in.result.Analysis;
import dev.in.result.Box;
import dev.in.result.ColorShare;
import dev.in.result.Detection;
import dev.in.result.Label;
import dev.in.result.Metadata;
import dev.in.result.SafeSearch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Vision's responses as iN's analysis. */
class VisionAnalysisTest {
  private static final MetadataOutput SIZE =
      new MetadataOutput(
          640,
          480,
          new Metadata(
              1,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              false));

  @Test
  void everyFeatureIsTypedAndInPixels() {
    Analysis analysis = of(everything(1, "cat"), Feature.KNOWN, List.of());

    assertThat(analysis.provider()).isEqualTo("vision");
    assertThat(analysis.colors().orElseThrow())
        .containsExactly(new ColorShare("#1e90ff", 0.25, 0.1235));
    assertThat(analysis.labels().orElseThrow()).containsExactly(new Label("cat", 0.9877));
    assertThat(analysis.objects().orElseThrow())
        .containsExactly(new Detection("cat", 0.5, new Box(64, 120, 320, 240)));
    assertThat(analysis.faces().orElseThrow())
        .containsExactly(new Detection("face", 0.75, new Box(10, 20, 30, 40)));
    assertThat(analysis.safeSearch())
        .contains(new SafeSearch("VERY_UNLIKELY", "UNLIKELY", "UNKNOWN", "POSSIBLE", "LIKELY"));
    assertThat(analysis.text().orElseThrow().lines()).isEmpty();
    assertThat(analysis.unavailable()).isEmpty();
    assertThat(analysis.skipped()).isEmpty();
  }

  @Test
  void whatWasNotAskedForIsNotThere() {
    Analysis analysis = of(everything(1, "cat"), List.of(Feature.LABELS), List.of());

    assertThat(analysis.labels()).isPresent();
    assertThat(analysis.colors()).isEmpty();
    assertThat(analysis.text()).isEmpty();
    assertThat(analysis.objects()).isEmpty();
    assertThat(analysis.faces()).isEmpty();
    assertThat(analysis.safeSearch()).isEmpty();
  }

  @Test
  void whatWasLookedForAndNotFoundIsEmptyAndWhatHasNoEngineIsNotThere() {
    List<Feature> asked = List.of(Feature.LABELS, Feature.FACES);

    Analysis analysis =
        of(AnnotateImageResponse.getDefaultInstance(), asked, List.of(Feature.FACES));

    assertThat(analysis.features()).isEqualTo(asked);
    assertThat(analysis.labels()).contains(List.of());
    assertThat(analysis.faces()).isEmpty();
    assertThat(analysis.unavailable()).containsExactly(Feature.FACES);
  }

  @Test
  void numbersThatAreNoneAreZero() {
    AnnotateImageResponse response =
        AnnotateImageResponse.newBuilder()
            .addLabelAnnotations(
                EntityAnnotation.newBuilder().setDescription("cat").setScore(Float.NaN))
            .build();

    assertThat(of(response, List.of(Feature.LABELS), List.of()).labels().orElseThrow())
        .containsExactly(new Label("cat", 0));
  }

  @Test
  void theLongestAnswerFitsIntoAResult() throws Exception {
    AnnotateImageResponse response =
        everything(1_000, "a name as long as Vision's longest labels are").toBuilder()
            .setFullTextAnnotation(Texts.of(1_000, "\"Zwölf\" Boxkämpfer jagen Viktor quer"))
            .build();

    Analysis analysis = of(response, Feature.KNOWN, List.of());

    assertThat(StrictJson.MAPPER.writeValueAsBytes(analysis))
        .hasSizeLessThan(Limits.MAX_RESULT_BYTES);
  }

  private static Analysis of(
      AnnotateImageResponse response, List<Feature> asked, List<Feature> unavailable) {
    return VisionAnalysis.of(response, SIZE, asked, unavailable);
  }

  private static AnnotateImageResponse everything(int times, String name) {
    AnnotateImageResponse.Builder response = AnnotateImageResponse.newBuilder();
    ImageProperties.Builder colors = ImageProperties.newBuilder();
    for (int i = 0; i < times; i++) {
      colors.getDominantColorsBuilder().addColors(blue());
      response
          .addLabelAnnotations(
              EntityAnnotation.newBuilder().setDescription(name).setScore(0.98766f))
          .addLocalizedObjectAnnotations(object(name))
          .addFaceAnnotations(face());
    }
    return response
        .setImagePropertiesAnnotation(colors)
        .setSafeSearchAnnotation(
            SafeSearchAnnotation.newBuilder()
                .setAdult(Likelihood.VERY_UNLIKELY)
                .setSpoof(Likelihood.UNLIKELY)
                .setViolence(Likelihood.POSSIBLE)
                .setRacy(Likelihood.LIKELY))
        .build();
  }

  private static ColorInfo blue() {
    return ColorInfo.newBuilder()
        .setColor(Color.newBuilder().setRed(30).setGreen(143.6f).setBlue(300))
        .setScore(0.25f)
        .setPixelFraction(0.12345f)
        .build();
  }

  private static LocalizedObjectAnnotation object(String name) {
    BoundingPoly.Builder poly = BoundingPoly.newBuilder();
    for (float[] corner : new float[][] {{0.1f, 0.25f}, {0.6f, 0.25f}, {0.6f, 0.75f}}) {
      poly.addNormalizedVertices(NormalizedVertex.newBuilder().setX(corner[0]).setY(corner[1]));
    }
    return LocalizedObjectAnnotation.newBuilder()
        .setName(name)
        .setScore(0.5f)
        .setBoundingPoly(poly)
        .build();
  }

  private static FaceAnnotation face() {
    return FaceAnnotation.newBuilder()
        .setDetectionConfidence(0.75f)
        .setBoundingPoly(
            BoundingPoly.newBuilder()
                .addVertices(Vertex.newBuilder().setX(10).setY(20))
                .addVertices(Vertex.newBuilder().setX(40).setY(60)))
        .build();
  }
}
