package dev.in.runner.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a user's tokens are kept, a file for each edge, readable for the user alone. */
public final class TokenFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  TokenFiles(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** Those of this process' user. */
  public static TokenFiles ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** As the XDG Base Directory Specification says, which ignores relative paths. */
  static TokenFiles of(Map<String, String> environment, Path home) {
    Path configuration =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> home.resolve(".config"));
    return new TokenFiles(configuration.resolve("in"));
  }

  /** What is kept for that edge. */
  Optional<SavedToken> read(URI edge) throws StackFailure {
    Path file = file(edge);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SavedToken.read(JSON.readTree(file.toFile())));
    } catch (IOException e) {
      throw new StackFailure(file + " cannot be read: " + e, e);
    }
  }

  public void write(URI edge, SavedToken token) throws StackFailure {
    Path file = file(edge);
    try {
      Files.createDirectories(folder, OWNERS_FOLDER);
      Path draft = Files.createTempFile(folder, "token-", ".draft", OWNER_ONLY);
      try {
        Files.writeString(draft, token.json().toPrettyString() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new StackFailure(file + " cannot be written: " + e, e);
    }
  }

  /** Forgets what is kept for that edge; false if nothing was. */
  public boolean delete(URI edge) throws StackFailure {
    Path file = file(edge);
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackFailure(file + " cannot be removed: " + e, e);
    }
  }

  /** Keeps other processes of this user from refreshing tokens until it is closed. */
  FileChannel lock() throws StackFailure {
    Path file = folder.resolve("lock");
    try {
      FileChannel lock =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
      lock.lock();
      return lock;
    } catch (IOException e) {
      throw new StackFailure(file + " cannot be locked: " + e, e);
    }
  }

  private Path file(URI edge) {
    String port = edge.getPort() < 0 ? "" : ":" + edge.getPort();
    String origin = "%s://%s%s".formatted(edge.getScheme(), edge.getHost(), port);
    return folder.resolve(URLEncoder.encode(origin, UTF_8) + ".json");
  }
}
