package dev.in.core.stage;

import dev.in.events.Event;
import dev.in.events.Stage;

/** What a completed stage leaves in the task document. */
public sealed interface StageOutput permits DownloadOutput, MetadataOutput, AiOutput {

  /** What everyone may know of it: no GPS, no full EXIF, no recognised text. */
  Event announcement();

  static Class<? extends StageOutput> typeOf(Stage stage) {
    return switch (stage) {
      case DOWNLOAD -> DownloadOutput.class;
      case METADATA -> MetadataOutput.class;
      case AI -> AiOutput.class;
    };
  }
}
