package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells other programs where the components of a stack that is up are. For its owner only, and
 * removed at the end; one stack at a time has it.
 */
public final class UpFile implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of("pubsub", "firestore", "storage", "vision", "metadata");

  private final Path path;
  private final FileChannel lock;
  private final Set<Path> written = new HashSet<>();

  private UpFile(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Claims the file's name; nothing is written yet.
   *
   * @throws StackFailure if another stack that is up has it
   */
  public static UpFile claim(Path path) throws StackFailure {
    requireNonNull(path, "path is null");
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel lock =
          FileChannel.open(
              path.resolveSibling(path.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      // The lock goes with the process, however that ends.
      if (lock.tryLock() == null) {
        lock.close();
        throw new StackFailure("another stack is up, see " + path);
      }
      return new UpFile(path, lock);
    } catch (IOException e) {
      throw new StackFailure(path + " cannot be written: " + e, e);
    }
  }

  /** Writes how the stack is at this moment. */
  public synchronized void write(Stack stack) {
    if (!lock.isOpen()) {
      return;
    }
    try {
      for (ExternalFunction function : stack.externalFunctions()) {
        replace(environment(function), function.script());
      }
      replace(path, json(stack).toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written", e);
    }
  }

  /** Where the environment of a function that was left out is written, for a shell to take in. */
  public Path environment(ExternalFunction function) {
    return path.resolveSibling(function.name() + ".env");
  }

  private void replace(Path file, String content) throws IOException {
    Path draft =
        Files.createTempFile(
            path.toAbsolutePath().getParent(),
            "up-",
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    written.add(file);
  }

  /** Removes what was written. May be called more than once. */
  @Override
  public synchronized void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be removed", e);
    }
  }

  private static ObjectNode json(Stack stack) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", stack.edge().toString())
            .put("pid", ProcessHandle.current().pid())
            .put("project", LocalNames.PROJECT)
            .put("bucket", LocalNames.BUCKET)
            .put("logs", stack.logs().toString())
            .put("mail", stack.mail().toString());
    ObjectNode hosts = json.putObject("hosts").put("edge", stack.edge().getAuthority());
    SERVICES.forEach(service -> hosts.put(service, stack.cloudHost()));
    json.putObject("operator")
        .put("account", LocalNames.OPERATOR_ACCOUNT)
        .put("metadata", stack.operators().host())
        .put("edgeAudience", LocalNames.EDGE_AUDIENCE)
        .put("pushAudience", LocalNames.PUSH_AUDIENCE.prefix());
    ArrayNode processes = json.putArray("processes");
    for (StackProcess process : stack.processes()) {
      processes
          .addObject()
          .put("name", process.name())
          .put("pid", process.pid())
          .put("port", process.port());
    }
    ArrayNode without = json.putArray("without");
    for (ExternalFunction function : stack.externalFunctions()) {
      without.addObject().put("name", function.name()).put("port", function.port());
    }
    return json;
  }
}
