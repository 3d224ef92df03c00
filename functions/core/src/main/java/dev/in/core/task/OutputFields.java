package dev.in.core.task;

import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import java.util.Map;

/** The stages' outputs to and from Firestore's fields. */
final class OutputFields {
  private OutputFields() {}

  static Map<String, Object> write(StageOutput output) {
    return switch (output) {
      case DownloadOutput download -> writeDownload(download);
      case MetadataOutput metadata -> writeMetadata(metadata);
      case AiOutput ai -> Map.of("analysis", AnalysisFields.write(ai.analysis()));
    };
  }

  static StageOutput read(Stage stage, Fields fields) {
    return switch (stage) {
      case DOWNLOAD -> readDownload(fields);
      case METADATA -> readMetadata(fields);
      case AI -> new AiOutput(AnalysisFields.read(fields.map("analysis")));
    };
  }

  private static Map<String, Object> writeDownload(DownloadOutput output) {
    ObjectRef object = output.object();
    return Map.of(
        "object",
        Map.of(
            "bucket", object.bucket(),
            "name", object.name(),
            "generation", object.generation()),
        "contentType",
        output.contentType(),
        "sizeBytes",
        output.sizeBytes(),
        "sha256",
        output.sha256(),
        "crc32c",
        output.crc32c());
  }

  private static Map<String, Object> writeMetadata(MetadataOutput output) {
    return Map.of(
        "width", output.width(),
        "height", output.height(),
        "metadata", MetadataFields.write(output.metadata()));
  }

  private static MetadataOutput readMetadata(Fields fields) {
    return new MetadataOutput(
        fields.integer("width"),
        fields.integer("height"),
        MetadataFields.read(fields.map("metadata")));
  }

  private static DownloadOutput readDownload(Fields fields) {
    Fields object = fields.map("object");
    return new DownloadOutput(
        new ObjectRef(object.text("bucket"), object.text("name"), object.longInteger("generation")),
        fields.text("contentType"),
        fields.longInteger("sizeBytes"),
        fields.text("sha256"),
        fields.text("crc32c"));
  }
}
