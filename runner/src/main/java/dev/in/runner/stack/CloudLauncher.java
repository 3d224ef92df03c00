package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.Child;
import dev.in.runner.process.Children;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Starts the local cloud as a process. It alone is not started again: its memory is its state. */
final class CloudLauncher {
  /** Named, not imported: the runner knows the local cloud by its command line and wire alone. */
  private static final String MAIN_CLASS = "dev.in.emulator.Main";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final int MEGABYTES = 1024;
  private static final String READY = "ready ";
  private static final String IDENTITY = "identity ";

  private final Launcher launcher;
  private final Installation installation;
  private final Jvm jvm;
  private final Path keys;

  /**
   * @param keys an empty folder for public keys
   */
  CloudLauncher(Launcher launcher, Installation installation, Jvm jvm, Path keys) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.jvm = requireNonNull(jvm, "jvm is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  /** Starts it and returns when it serves. */
  Running start(CloudOptions options) throws StackFailure, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("-cp", installation.cloudClassPath(), MAIN_CLASS));
    for (ServiceAccountKey account : options.accounts()) {
      arguments.addAll(List.of("--key", account.email() + "=" + writePublicKey(account)));
    }
    arguments.addAll(options.arguments());
    List<String> command =
        jvm.command(launcher.name(), MEGABYTES, installation.cloudJars(), arguments);
    Map<String, String> metadataHosts = new ConcurrentHashMap<>();
    StartingChild<URI> started = launcher.launch(command, line -> readLine(line, metadataHosts));
    URI endpoint = started.await(START_TIMEOUT);
    return new Running(started.child(), new Cloud(endpoint, metadataHosts));
  }

  /** {@code identity EMAIL HOST:PORT} lines come before {@code ready URL}. */
  static Optional<URI> readLine(String line, Map<String, String> metadataHosts) {
    if (line.startsWith(IDENTITY)) {
      String[] words = line.split(" ", 3);
      metadataHosts.put(words[1], words[2]);
    }
    return line.startsWith(READY)
        ? Optional.of(URI.create(line.substring(READY.length()).strip()))
        : Optional.empty();
  }

  private Path writePublicKey(ServiceAccountKey account) throws StackFailure {
    Path file = keys.resolve(account.email() + ".pem");
    try {
      return Files.writeString(file, account.publicKeyPem());
    } catch (IOException e) {
      throw new StackFailure("a public key cannot be written: " + e, e);
    }
  }

  /** A local cloud that serves. */
  record Running(Child child, Cloud cloud) {

    /** Why nothing works any more, once it has ended. */
    StackFailure awaitEnd() throws InterruptedException {
      return new StackFailure("the local cloud ended (exit %d)".formatted(child.awaitExit()));
    }

    /**
     * Completes the failure when it ends.
     *
     * @param children the group that it belongs to: while that is being ended it is no failure
     */
    void watch(Children children, CompletableFuture<StackFailure> failure) {
      Thread.ofVirtual()
          .name("cloud-watch")
          .start(
              () -> {
                try {
                  StackFailure ended = awaitEnd();
                  if (!children.ending()) {
                    failure.complete(ended);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }
}
