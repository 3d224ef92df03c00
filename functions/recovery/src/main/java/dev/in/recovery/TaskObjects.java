package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import dev.in.core.failure.TransientFailure;
import dev.in.core.wiring.CoreConfig;
import dev.in.events.ImageInput;
import jakarta.enterprise.context.ApplicationScoped;

/** What a task has in the images bucket: what was stored of it, and its upload. */
@ApplicationScoped
class TaskObjects {
  private final Storage storage;
  private final CoreConfig core;

  TaskObjects(Storage storage, CoreConfig core) {
    this.storage = requireNonNull(storage, "storage is null");
    this.core = requireNonNull(core, "core is null");
  }

  /**
   * Deletes the objects of all its runs; none is left, or this throws.
   *
   * @throws TransientFailure if Cloud Storage does not answer as it should
   */
  void delete(String taskId) {
    try {
      for (Blob object :
          storage
              .list(core.imagesBucket(), BlobListOption.prefix("tasks/" + taskId + "/"))
              .iterateAll()) {
        storage.delete(object.getBlobId());
      }
    } catch (StorageException e) {
      throw new TransientFailure("the task's objects cannot be deleted", e);
    }
  }

  /**
   * Deletes an upload; if there is none, nothing happens.
   *
   * @throws TransientFailure if Cloud Storage does not answer as it should
   */
  void deleteUpload(String owner, String uploadId) {
    String name = new ImageInput.Upload(uploadId).objectName(owner);
    try {
      storage.delete(BlobId.of(core.imagesBucket(), name));
    } catch (StorageException e) {
      throw new TransientFailure("the upload cannot be deleted", e);
    }
  }
}
