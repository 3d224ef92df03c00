package dev.in.download;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.ApiExceptions;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BlobWriteSession;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.wiring.CoreConfig;
import dev.in.events.FailureCode;
import dev.in.events.ObjectRef;
import dev.in.events.TaskRef;
import dev.in.formats.ImageFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * The images' places in the images bucket, {@code tasks/{taskId}/{run}/original}. Each is written
 * once. Where one is there already, an earlier attempt has written it: the stored bytes are the
 * truth then, and are read and hashed again.
 */
@ApplicationScoped
class OriginalStore {
  private static final int PRECONDITION_FAILED = 412;

  /** Memory for reading one image. */
  private static final int CHUNK_BYTES = 2 << 20;

  private final Storage storage;
  private final CoreConfig core;
  private final DownloadConfig config;

  OriginalStore(Storage storage, CoreConfig core, DownloadConfig config) {
    this.storage = requireNonNull(storage, "storage is null");
    this.core = requireNonNull(core, "core is null");
    this.config = requireNonNull(config, "config is null");
  }

  /**
   * Streams an image to its place.
   *
   * @throws PermanentFailure if it is not an image in a supported format, or too large
   */
  DownloadOutput store(TaskRef task, InputStream bytes) throws IOException {
    Digests digests = new Digests();
    BufferedInputStream in =
        new BufferedInputStream(
            digests.over(new SizeLimit(bytes, config.maxSize().asLongValue())), CHUNK_BYTES);
    String contentType = sniff(in).contentType();
    BlobInfo place = BlobInfo.newBuilder(place(task)).setContentType(contentType).build();
    try {
      return output(write(place, in), contentType, digests);
    } catch (IOException | StorageException e) {
      if (isPreconditionFailed(e)) {
        return stored(task)
            .orElseThrow(() -> new IOException("the stored original has gone meanwhile"));
      }
      throw e;
    }
  }

  /**
   * Closing is what makes the object: when the source fails, the channel is left open on purpose,
   * and nothing is stored. (The client's {@code createFrom} closes in that case too, and would
   * leave half an image behind as if it were whole.)
   */
  private BlobInfo write(BlobInfo place, InputStream in) throws IOException {
    BlobWriteSession session = storage.blobWriteSession(place, BlobWriteOption.doesNotExist());
    WritableByteChannel channel = session.open();
    in.transferTo(Channels.newOutputStream(channel));
    channel.close();
    return ApiExceptions.callAndTranslateApiException(session.getResult());
  }

  private static boolean isPreconditionFailed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException refused && refused.getCode() == PRECONDITION_FAILED) {
        return true;
      }
    }
    return false;
  }

  /** What is at the image's place already, read and hashed again. */
  Optional<DownloadOutput> stored(TaskRef task) throws IOException {
    Blob stored = storage.get(place(task));
    if (stored == null) {
      return Optional.empty();
    }
    Digests digests = new Digests();
    try (ReadChannel channel = stored.reader()) {
      channel.setChunkSize(CHUNK_BYTES);
      BufferedInputStream in =
          new BufferedInputStream(digests.over(Channels.newInputStream(channel)), CHUNK_BYTES);
      String contentType = sniff(in).contentType();
      in.transferTo(OutputStream.nullOutputStream());
      return Optional.of(output(stored, contentType, digests));
    }
  }

  private static ImageFormat sniff(BufferedInputStream in) throws IOException {
    in.mark(ImageFormat.SNIFF_BYTES);
    byte[] header = in.readNBytes(ImageFormat.SNIFF_BYTES);
    in.reset();
    return ImageFormat.sniff(header)
        .orElseThrow(
            () ->
                new PermanentFailure(
                    FailureCode.UNSUPPORTED_TYPE,
                    "The file is not a JPEG, PNG, GIF, WebP, TIFF, BMP, HEIC or AVIF image."));
  }

  private DownloadOutput output(BlobInfo stored, String contentType, Digests digests)
      throws IOException {
    String crc32c = digests.crc32c();
    if (!crc32c.equals(stored.getCrc32c())) {
      // Written once and wrong: it must go, or every retry would take it for the truth.
      storage.delete(stored.getBlobId());
      throw new IOException("Cloud Storage has other bytes than were sent");
    }
    return new DownloadOutput(
        new ObjectRef(stored.getBucket(), stored.getName(), stored.getGeneration()),
        contentType,
        digests.sizeBytes(),
        digests.sha256(),
        crc32c);
  }

  private BlobId place(TaskRef task) {
    return BlobId.of(
        core.imagesBucket(), "tasks/" + task.taskId() + "/" + task.run() + "/original");
  }
}
