package dev.in.metadata;

import static java.util.Objects.requireNonNull;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.in.core.engine.StageWork;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.task.TaskDocument;
import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import dev.in.formats.ImageFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an image's size and metadata. */
@ApplicationScoped
public class MetadataWork implements StageWork {
  private static final int NOT_FOUND = 404;

  private final Storage storage;

  public MetadataWork(Storage storage) {
    this.storage = requireNonNull(storage, "storage is null");
  }

  @Override
  public Stage stage() {
    return Stage.METADATA;
  }

  @Override
  public MetadataOutput work(TaskDocument task, Deadline budget) throws IOException {
    DownloadOutput image = task.downloadOutput().orElseThrow();
    ObjectRef object = image.object();
    Path file = Files.createTempFile("image-", null);
    try {
      load(object, file);
      return MetadataExtractor.extract(
          file, ImageFormat.ofContentType(image.contentType()).orElseThrow());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void load(ObjectRef object, Path file) {
    try {
      storage.downloadTo(BlobId.of(object.bucket(), object.name(), object.generation()), file);
    } catch (StorageException e) {
      throw e.getCode() == NOT_FOUND ? PermanentFailure.storedImageGone() : e;
    }
  }
}
