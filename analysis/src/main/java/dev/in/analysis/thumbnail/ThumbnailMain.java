package dev.in.analysis.thumbnail;

import dev.in.analysis.image.DecodeException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Makes thumbnails for another process, so that decoders, native ones among them, run apart from
 * it: {@code ThumbnailMain LONGEST_SIDE MAX_BYTES}.
 *
 * <p>On standard input each image is its length (an int, as {@link DataOutputStream} writes it) and
 * its bytes. On standard output, in the same order, each is {@code true}, the content type (UTF),
 * the EXIF orientation that was applied (an int, 0 for none), the length and the bytes; or {@code
 * false} and the reason (UTF). It ends when its input does.
 */
public final class ThumbnailMain {
  private static final int MAX_THREADS = 4;

  private final Thumbnailer thumbnailer;
  private final int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);

  /** The answers in order, some of them still being made; the last is {@link #END}. */
  private final BlockingQueue<Future<Answer>> answers = new ArrayBlockingQueue<>(threads);

  private static final Future<Answer> END = CompletableFuture.completedFuture(out -> {});

  ThumbnailMain(Thumbnailer thumbnailer) {
    this.thumbnailer = thumbnailer;
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.awt.headless", "true");
    OutputStream out = System.out;
    // What a library prints must not get between the answers.
    System.setOut(System.err);
    new ThumbnailMain(
            new Thumbnailer(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])))
        .run(System.in, out);
  }

  /** Answers until the input ends. */
  void run(InputStream in, OutputStream out) throws Exception {
    // Daemons, so that the process ends when nobody reads its answers any more.
    ThreadFactory daemons = Thread.ofPlatform().daemon().factory();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads, daemons);
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out))) {
      daemons
          .newThread(() -> read(new DataInputStream(new BufferedInputStream(in)), workers))
          .start();
      for (Future<Answer> next = answers.take(); next != END; next = answers.take()) {
        next.get().write(data);
        data.flush();
      }
    }
  }

  private void read(DataInputStream in, ExecutorService workers) {
    try {
      try {
        while (true) {
          byte[] image = new byte[in.readInt()];
          in.readFully(image);
          answers.put(workers.submit(() -> answer(image)));
        }
      } catch (EOFException end) {
        // That was all of them.
      } finally {
        answers.put(END);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the input cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(byte[] image) {
    try {
      Thumbnail thumbnail = thumbnailer.make(image);
      return out -> {
        out.writeBoolean(true);
        out.writeUTF(thumbnail.contentType());
        out.writeInt(thumbnail.orientation().orElse(0));
        out.writeInt(thumbnail.bytes().length);
        out.write(thumbnail.bytes());
      };
    } catch (DecodeException | IOException | RuntimeException | OutOfMemoryError e) {
      String reason = e instanceof DecodeException ? e.getMessage() : e.toString();
      return out -> {
        out.writeBoolean(false);
        out.writeUTF(reason);
      };
    }
  }

  /** What is written about one image. */
  private interface Answer {
    void write(DataOutputStream out) throws IOException;
  }
}
