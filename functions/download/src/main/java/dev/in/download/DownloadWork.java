package dev.in.download;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.StageWork;
import dev.in.core.failure.Deadline;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.task.TaskDocument;
import dev.in.events.ImageInput;
import dev.in.events.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** Brings the image from where the user has it to its place in the images bucket. */
@ApplicationScoped
public class DownloadWork implements StageWork {
  private final UploadSource uploads;
  private final UrlSource urls;
  private final OriginalStore originals;

  public DownloadWork(UploadSource uploads, UrlSource urls, OriginalStore originals) {
    this.urls = requireNonNull(urls, "urls is null");
    this.uploads = requireNonNull(uploads, "uploads is null");
    this.originals = requireNonNull(originals, "originals is null");
  }

  @Override
  public Stage stage() {
    return Stage.DOWNLOAD;
  }

  @Override
  public DownloadOutput work(TaskDocument task, Deadline budget) throws IOException {
    if (task.stage(stage()).attempts() > 1) {
      // An attempt before may have stored it and come no further; the source may be gone by now.
      Optional<DownloadOutput> stored = originals.stored(task.task());
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    return fetch(task, budget);
  }

  private DownloadOutput fetch(TaskDocument task, Deadline budget) throws IOException {
    ImageSink sink = bytes -> originals.store(task.task(), bytes);
    return switch (task.input()) {
      case ImageInput.Upload upload -> uploads.open(upload, task.routing().owner(), sink);
      case ImageInput.Url url -> urls.open(url, budget, sink);
    };
  }
}
