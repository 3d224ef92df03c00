package dev.in.analysis.model;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * ONNX Runtime's one environment in this process.
 *
 * <p>Making it recurses once for each character of the process's command line (seen in 1.29.0 with
 * gdb: 11,900 frames for a class path of 80 jars), which overflows the usual stack of one megabyte
 * and takes the process down without a word. So it is made on a thread with room.
 */
final class OnnxEnvironment {
  private static final long STACK_BYTES = 256L << 20;

  private OnnxEnvironment() {}

  static OrtEnvironment get() {
    return Holder.ENVIRONMENT;
  }

  /** Made when it is first needed, once. */
  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = make();

    private static OrtEnvironment make() {
      CompletableFuture<OrtEnvironment> made = new CompletableFuture<>();
      Runnable making =
          () -> {
            try {
              made.complete(OrtEnvironment.getEnvironment());
            } catch (Throwable e) {
              made.completeExceptionally(e);
            }
          };
      // Memory is only taken as the stack grows.
      Thread thread = new Thread(null, making, "onnx-environment", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
      return made.join();
    }
  }
}
