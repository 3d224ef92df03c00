package dev.in.runner.report;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Thumbnails by a process of analysis/ (dev.in.analysis.thumbnail.ThumbnailMain, which describes
 * what is exchanged): an image that breaks a decoder costs the report the images that follow, and
 * nothing else.
 */
final class ThumbnailProcess implements Thumbnails, AutoCloseable {
  private static final String MAIN_CLASS = "dev.in.analysis.thumbnail.ThumbnailMain";

  /** No image needs nearly as long; a decoder that hangs does. */
  private static final Duration MIN_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration TIMEOUT_PER_IMAGE = Duration.ofSeconds(2);

  /** So many images are read ahead of their thumbnails. */
  private static final int READ_AHEAD = 4;

  private final BlockingQueue<Requested> requested = new ArrayBlockingQueue<>(READ_AHEAD);
  private final Process process;
  private final DataInputStream answers;
  private final Thread feeder;

  private ThumbnailProcess(Process process, List<Original> originals) {
    this.process = process;
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.feeder =
        Thread.ofPlatform().daemon().name("thumbnails").start(() -> feed(List.copyOf(originals)));
    Duration timeout = MIN_TIMEOUT.plus(TIMEOUT_PER_IMAGE.multipliedBy(originals.size()));
    process
        .onExit()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(late -> process.destroyForcibly());
  }

  /** Starts making the thumbnails of these images. */
  static ThumbnailProcess start(
      Installation installation, ThumbnailSize size, List<Original> originals)
      throws StackFailure, IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            installation.cloudClassPath(),
            MAIN_CLASS,
            Integer.toString(size.longestSide()),
            Integer.toString(size.maxBytes()));
    return start(command, originals);
  }

  static ThumbnailProcess start(List<String> command, List<Original> originals) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ThumbnailProcess(builder.start(), originals);
  }

  @Override
  public Optional<Thumbnail> next() throws InterruptedException {
    return switch (requested.take()) {
      case Requested.Nothing nothing -> Optional.empty();
      case Requested.Unreadable(String reason) -> Optional.of(new Thumbnail.Unavailable(reason));
      case Requested.Image image -> Optional.of(answer());
    };
  }

  @Override
  public void close() {
    feeder.interrupt();
    process.destroy();
  }

  private Thumbnail answer() {
    try {
      if (!answers.readBoolean()) {
        return new Thumbnail.Unavailable(
            "This image cannot be displayed here: %s.".formatted(answers.readUTF()));
      }
      String contentType = answers.readUTF();
      int orientation = answers.readInt();
      byte[] bytes = new byte[answers.readInt()];
      answers.readFully(bytes);
      return new Thumbnail.Available(contentType, orientation, bytes);
    } catch (IOException ended) {
      return new Thumbnail.Unavailable("No thumbnail was made: the decoder's process has ended.");
    }
  }

  private void feed(List<Original> originals) {
    try (DataOutputStream images =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
      for (Original original : originals) {
        feed(original, images);
      }
    } catch (IOException ended) {
      // The process has: answer() says so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void feed(Original original, DataOutputStream images) throws InterruptedException {
    Optional<byte[]> image;
    try {
      image = original.read();
    } catch (IOException e) {
      requested.put(new Requested.Unreadable("The image could not be loaded: " + e.getMessage()));
      return;
    }
    requested.put(image.isPresent() ? new Requested.Image() : new Requested.Nothing());
    if (image.isPresent()) {
      try {
        images.writeInt(image.get().length);
        images.write(image.get());
        images.flush();
      } catch (IOException ended) {
        // The process has: answer() says so.
      }
    }
  }

  /** What was asked of the process for one input. */
  private sealed interface Requested {
    record Image() implements Requested {}

    record Nothing() implements Requested {}

    record Unreadable(String reason) implements Requested {}
  }
}
