package dev.in.core.engine;

import dev.in.core.image.Analysis;
import dev.in.core.image.ImageMetadata;
import dev.in.core.task.AiOutput;
import dev.in.core.task.DownloadOutput;
import dev.in.core.task.MetadataOutput;
import dev.in.events.AiAnalyzed;
import dev.in.events.AiAnalyzed.Tag;
import dev.in.events.ImageDownloaded;
import dev.in.events.MetadataExtracted;

/** What the world is told of a stage's output: no GPS, no full EXIF, no recognised text. */
final class Announcements {
  private Announcements() {}

  static ImageDownloaded of(DownloadOutput output) {
    return new ImageDownloaded(
        output.object(), output.contentType(), output.sizeBytes(), output.sha256());
  }

  static MetadataExtracted of(MetadataOutput output) {
    ImageMetadata metadata = output.metadata();
    return new MetadataExtracted(
        output.width(),
        output.height(),
        metadata.orientation(),
        metadata.capturedAt(),
        metadata.cameraMake(),
        metadata.cameraModel(),
        metadata.lens(),
        metadata.keywords());
  }

  static AiAnalyzed of(AiOutput output) {
    Analysis analysis = output.analysis();
    return new AiAnalyzed(
        analysis.provider(),
        analysis.features(),
        analysis
            .labels()
            .map(
                list ->
                    list.stream().map(label -> new Tag(label.name(), label.confidence())).toList()),
        analysis
            .objects()
            .map(
                list ->
                    list.stream().map(found -> new Tag(found.name(), found.confidence())).toList()),
        analysis.text().map(text -> text.full().codePointCount(0, text.full().length())),
        analysis.colors().map(list -> list.stream().map(Analysis.Color::rgb).toList()),
        analysis.skipped());
  }
}
