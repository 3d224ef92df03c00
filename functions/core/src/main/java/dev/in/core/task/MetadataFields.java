package dev.in.core.task;

import dev.in.core.image.ImageMetadata;
import dev.in.core.image.ImageMetadata.Exposure;
import dev.in.core.image.ImageMetadata.Gps;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link ImageMetadata} to and from fields, in the names that users see as well. */
public final class MetadataFields {
  private MetadataFields() {}

  public static Map<String, Object> write(ImageMetadata metadata) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orientation", metadata.orientation());
    metadata.colorProfile().ifPresent(value -> fields.put("colorProfile", value));
    metadata.capturedAt().ifPresent(value -> fields.put("capturedAt", value));
    metadata.cameraMake().ifPresent(value -> fields.put("cameraMake", value));
    metadata.cameraModel().ifPresent(value -> fields.put("cameraModel", value));
    metadata.lens().ifPresent(value -> fields.put("lens", value));
    metadata.exposure().ifPresent(value -> fields.put("exposure", writeExposure(value)));
    metadata.gps().ifPresent(value -> fields.put("gps", writeGps(value)));
    fields.put("keywords", metadata.keywords());
    if (metadata.truncated()) {
      fields.put("truncated", true);
    }
    return fields;
  }

  static ImageMetadata read(Fields fields) {
    return new ImageMetadata(
        fields.integer("orientation"),
        fields.optionalText("colorProfile"),
        fields.optionalText("capturedAt"),
        fields.optionalText("cameraMake"),
        fields.optionalText("cameraModel"),
        fields.optionalText("lens"),
        fields.optionalMap("exposure").map(MetadataFields::readExposure),
        fields.optionalMap("gps").map(MetadataFields::readGps),
        fields.texts("keywords"),
        fields.flag("truncated"));
  }

  private static Map<String, Object> writeExposure(Exposure exposure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    exposure.timeSeconds().ifPresent(value -> fields.put("timeSeconds", value));
    exposure.fNumber().ifPresent(value -> fields.put("fNumber", value));
    exposure.iso().ifPresent(value -> fields.put("iso", value));
    exposure.focalLengthMm().ifPresent(value -> fields.put("focalLengthMm", value));
    return fields;
  }

  private static Exposure readExposure(Fields fields) {
    return new Exposure(
        fields.optionalNumber("timeSeconds"),
        fields.optionalNumber("fNumber"),
        fields.optionalInteger("iso"),
        fields.optionalNumber("focalLengthMm"));
  }

  private static Map<String, Object> writeGps(Gps gps) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("latitude", gps.latitude());
    fields.put("longitude", gps.longitude());
    gps.altitudeMeters().ifPresent(value -> fields.put("altitudeMeters", value));
    return fields;
  }

  private static Gps readGps(Fields fields) {
    return new Gps(
        fields.number("latitude"),
        fields.number("longitude"),
        fields.optionalNumber("altitudeMeters"));
  }
}
