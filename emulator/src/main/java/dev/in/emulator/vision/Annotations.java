package dev.in.emulator.vision;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.ColorInfo;
import com.google.cloud.vision.v1.DominantColorsAnnotation;
import com.google.cloud.vision.v1.Feature.Type;
import com.google.cloud.vision.v1.ImageProperties;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.google.type.Color;
import dev.in.analysis.Analysis;
import dev.in.analysis.ColorShare;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the engines found, in Vision's form. */
final class Annotations {
  private Annotations() {}

  static AnnotateImageResponse of(Analysis analysis, Set<Type> asked) {
    AnnotateImageResponse.Builder response = AnnotateImageResponse.newBuilder();
    analysis.text().ifPresent(text -> TextAnnotations.add(text, analysis, response));
    analysis.colors().ifPresent(colors -> response.setImagePropertiesAnnotation(of(colors)));
    Set<Type> unavailable =
        asked.stream()
            .filter(type -> VisionTypes.engineOf(type).isEmpty())
            .collect(Collectors.toSet());
    if (!unavailable.isEmpty()) {
      response.setError(unavailable(unavailable));
    }
    return response.build();
  }

  private static ImageProperties of(List<ColorShare> colors) {
    DominantColorsAnnotation.Builder dominant = DominantColorsAnnotation.newBuilder();
    for (ColorShare share : colors) {
      dominant.addColors(
          ColorInfo.newBuilder()
              .setColor(
                  Color.newBuilder()
                      .setRed(share.rgb().red())
                      .setGreen(share.rgb().green())
                      .setBlue(share.rgb().blue()))
              .setScore((float) share.score())
              .setPixelFraction((float) share.pixelFraction()));
    }
    return ImageProperties.newBuilder().setDominantColors(dominant).build();
  }

  /**
   * Google has an engine for everything and so no such error. Its own rule is kept: what is filled
   * in beside an error is right all the same.
   */
  private static Status unavailable(Set<Type> types) {
    String names = types.stream().map(Type::name).sorted().collect(Collectors.joining(","));
    return Status.newBuilder()
        .setCode(Code.UNIMPLEMENTED_VALUE)
        .setMessage("The local cloud has no engine for " + names + ".")
        .addDetails(
            Any.pack(
                ErrorInfo.newBuilder()
                    .setReason("FEATURE_UNAVAILABLE")
                    .setDomain("local-cloud")
                    .putMetadata("features", names)
                    .build()))
        .build();
  }
}
