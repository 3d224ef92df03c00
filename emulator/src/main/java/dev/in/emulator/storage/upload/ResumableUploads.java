package dev.in.emulator.storage.upload;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.StorageFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The resumable uploads that are under way; they end with the process. */
public final class ResumableUploads {
  /** As long as Cloud Storage keeps a session. */
  private static final Duration LIFE = Duration.ofDays(7);

  private final Map<String, ResumableUpload> uploads = new ConcurrentHashMap<>();
  private final ObjectStore store;
  private final Clock clock;

  public ResumableUploads(ObjectStore store, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Begins an upload and returns its id. */
  public String begin(Upload upload, OptionalLong total) throws IOException {
    store.checkInsertable(upload.id(), upload.preconditions());
    forgetOld();
    String id = UUID.randomUUID().toString();
    uploads.put(id, new ResumableUpload(upload, store.freshFile(), total, clock.instant()));
    return id;
  }

  private void forgetOld() throws IOException {
    for (Map.Entry<String, ResumableUpload> entry : uploads.entrySet()) {
      if (entry.getValue().created().plus(LIFE).isBefore(clock.instant())) {
        entry.getValue().cancel();
        uploads.remove(entry.getKey());
      }
    }
  }

  public ResumableUpload find(String id) {
    ResumableUpload upload = uploads.get(id);
    if (upload == null) {
      throw new StorageFailure(StorageFailure.Kind.NO_UPLOAD, "No such upload: " + id);
    }
    return upload;
  }
}
