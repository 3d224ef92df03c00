package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import dev.in.core.failure.TransientFailure;
import dev.in.core.wiring.CoreConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** What a task has stored in the images bucket. */
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
}
