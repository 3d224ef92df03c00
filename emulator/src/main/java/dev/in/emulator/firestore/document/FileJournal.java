package dev.in.emulator.firestore.document;

import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Write;
import dev.in.emulator.firestore.value.ResourcePath;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * An append-only file of commits. One frame is one commit: its length, its CRC32C, and a {@link
 * CommitRequest} whose writes are whole documents and deletions.
 *
 * <p>A frame is written with one call, so the death of this process loses no commit that was
 * answered; the death of the machine may, since nothing is forced to disk. A frame cut short is
 * dropped when the file is read again. Reading also compacts: the file then holds one frame for
 * each document.
 */
public final class FileJournal implements Journal {
  private static final String FILE = "documents.journal";

  private final Path file;
  private FileChannel lock;
  private FileChannel channel;
  private long end;

  public FileJournal(Path directory) {
    file = directory.resolve(FILE);
  }

  @Override
  public Collection<Document> recover() {
    try {
      Files.createDirectories(file.getParent());
      lock();
      var documents = new TreeMap<String, Document>();
      if (Files.exists(file)) {
        replay(documents);
      }
      compact(documents.values());
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      end = channel.size();
      return documents.values();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Two local clouds in one directory would write over each other. */
  private void lock() throws IOException {
    lock =
        FileChannel.open(
            file.resolveSibling(FILE + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (!isLocked()) {
      throw new IllegalStateException(
          file.getParent() + " is in use by another local cloud; give each its own directory");
    }
  }

  private boolean isLocked() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private void replay(Map<String, Document> documents) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        Optional<CommitRequest> commit = nextFrame(in);
        if (commit.isEmpty()) {
          return;
        }
        for (Write write : commit.get().getWritesList()) {
          if (write.hasUpdate()) {
            documents.put(write.getUpdate().getName(), write.getUpdate());
          } else {
            documents.remove(write.getDelete());
          }
        }
      }
    }
  }

  /** Empty at the end of the file, and at a frame that is cut short or broken. */
  private static Optional<CommitRequest> nextFrame(DataInputStream in) throws IOException {
    try {
      int length = in.readInt();
      int checksum = in.readInt();
      byte[] body = in.readNBytes(Math.max(length, 0));
      return body.length == length && crc32c(body) == checksum
          ? Optional.of(CommitRequest.parseFrom(body))
          : Optional.empty();
    } catch (EOFException endOfFile) {
      return Optional.empty();
    }
  }

  private void compact(Collection<Document> documents) throws IOException {
    Path compacted = file.resolveSibling(FILE + ".new");
    try (FileChannel out =
        FileChannel.open(
            compacted,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (Document document : documents) {
        writeFrame(
            out, CommitRequest.newBuilder().addWrites(Write.newBuilder().setUpdate(document)));
      }
    }
    Files.move(
        compacted, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void append(Map<ResourcePath, Optional<Document>> changes) {
    var commit = CommitRequest.newBuilder();
    changes.forEach(
        (name, document) ->
            commit.addWrites(
                document
                    .map(d -> Write.newBuilder().setUpdate(d))
                    .orElseGet(() -> Write.newBuilder().setDelete(name.toString()))));
    try {
      // From the last whole frame on: what a failed write left behind is overwritten.
      channel.truncate(end).position(end);
      writeFrame(channel, commit);
      end = channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static void writeFrame(FileChannel out, CommitRequest.Builder commit) throws IOException {
    byte[] body = commit.build().toByteArray();
    var frame = ByteBuffer.allocate(2 * Integer.BYTES + body.length);
    frame.putInt(body.length).putInt(crc32c(body)).put(body).flip();
    while (frame.hasRemaining()) {
      out.write(frame);
    }
  }

  private static int crc32c(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file, e);
    }
  }
}
