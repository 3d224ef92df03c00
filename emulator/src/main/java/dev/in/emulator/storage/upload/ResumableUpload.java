package dev.in.emulator.storage.upload;

import dev.in.emulator.storage.object.ExpectedHashes;
import dev.in.emulator.storage.object.StagedContent;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One resumable upload: bytes that come in chunks and become an object with the last of them.
 *
 * <p>As in Cloud Storage, only whole multiples of 256 KiB are kept of anything but the last chunk,
 * so a caller must look at what the answer says it has.
 */
public final class ResumableUpload {
  private static final int GRANULE = 256 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final Upload upload;
  private final Path file;
  private final Instant created;
  private OptionalLong total;
  private long persisted;
  private Optional<StoredObject> result = Optional.empty();
  private boolean cancelled;

  /**
   * @param total the size that the caller announced, if any
   */
  ResumableUpload(Upload upload, Path file, OptionalLong total, Instant created) {
    this.upload = upload;
    this.file = file;
    this.total = total;
    this.created = created;
  }

  /**
   * How far an upload is.
   *
   * @param persisted bytes kept so far
   * @param result the object, once it is there
   */
  public record Progress(long persisted, Optional<StoredObject> result) {}

  /** How the whole content becomes an object. */
  public interface Finish {
    StoredObject insert(Upload upload, StagedContent content) throws IOException;
  }

  Instant created() {
    return created;
  }

  /**
   * Takes a chunk, or only says how far the upload is.
   *
   * @param hashes checksums of the whole that came with this request
   */
  public synchronized Progress put(
      ContentRange range, InputStream body, ExpectedHashes hashes, Finish finish)
      throws IOException {
    if (cancelled) {
      throw new StorageFailure(StorageFailure.Kind.UPLOAD_CANCELLED, "The upload was cancelled.");
    }
    if (result.isPresent()) {
      return new Progress(persisted, result);
    }
    setTotal(range.total());
    if (range.chunk().isPresent()) {
      append(range.chunk().get(), body);
    }
    if (total.isPresent() && persisted == total.getAsLong()) {
      finish(hashes, finish);
    }
    return new Progress(persisted, result);
  }

  private void setTotal(OptionalLong announced) {
    if (announced.isEmpty()) {
      return;
    }
    if (total.isPresent() && total.getAsLong() != announced.getAsLong()) {
      throw StorageFailure.invalid(
          "The total size %d differs from %d, which an earlier request gave.",
          announced.getAsLong(), total.getAsLong());
    }
    if (announced.getAsLong() < persisted) {
      throw StorageFailure.invalid(
          "The total size %d is less than the %d bytes already received.",
          announced.getAsLong(), persisted);
    }
    upload.limits().checkWhole(announced.getAsLong());
    total = announced;
  }

  private void append(ContentRange.Chunk chunk, InputStream body) throws IOException {
    if (chunk.first() > persisted) {
      throw new StorageFailure(
          StorageFailure.Kind.AHEAD_OF_UPLOAD,
          String.format(
              "Invalid request.  According to the Content-Range header, the upload offset is %d"
                  + " byte(s), which exceeds already uploaded size of %d byte(s).",
              chunk.first(), persisted));
    }
    long received = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      try {
        received = receive(chunk, body, out);
      } finally {
        keep(out.size());
      }
      if (received != chunk.length().orElse(received)) {
        throw StorageFailure.invalid(
            "The request has %d bytes, its Content-Range says %d.",
            received, chunk.length().getAsLong());
      }
    }
    if (chunk.length().isEmpty()) {
      setTotal(OptionalLong.of(chunk.first() + received));
      keep(chunk.first() + received);
    }
  }

  /** Writes each byte to its place, except those that are kept already. */
  private long receive(ContentRange.Chunk chunk, InputStream body, FileChannel out)
      throws IOException {
    out.truncate(persisted);
    long at = chunk.first();
    byte[] buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (at + read - chunk.first() > chunk.length().orElse(Long.MAX_VALUE)) {
        return at + read - chunk.first();
      }
      int known = (int) Math.clamp(persisted - at, 0, read);
      var bytes = ByteBuffer.wrap(buffer, known, read - known);
      long position = at + known;
      while (bytes.hasRemaining()) {
        position += out.write(bytes, position);
      }
      upload.limits().checkSoFar(position);
      at += read;
    }
    return at - chunk.first();
  }

  private void keep(long written) {
    boolean whole = total.isPresent() && written == total.getAsLong();
    persisted = whole ? written : Math.max(persisted, written - written % GRANULE);
  }

  private void finish(ExpectedHashes hashes, Finish finish) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    StagedContent content = StagedContent.of(file);
    hashes.or(upload.hashes()).check(content.hashes());
    result = Optional.of(finish.insert(upload, content));
  }

  public synchronized void cancel() throws IOException {
    cancelled = true;
    Files.deleteIfExists(file);
  }
}
