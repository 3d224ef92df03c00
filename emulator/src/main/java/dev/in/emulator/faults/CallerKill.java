package dev.in.emulator.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Kills the process that made a call. */
public final class CallerKill {
  private CallerKill() {}

  /**
   * Kills it (SIGKILL); completes when it has ended, at once where the process cannot be found.
   *
   * @param caller its end of the connection, on this machine
   * @param server the end on which the call was accepted
   */
  public static CompletableFuture<Void> kill(InetSocketAddress caller, InetSocketAddress server) {
    try {
      return CallerProcess.find(caller.getPort(), server.getPort())
          .map(CallerKill::kill)
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    } catch (IOException e) {
      throw new UncheckedIOException("the caller's process cannot be found", e);
    }
  }

  private static CompletableFuture<Void> kill(ProcessHandle process) {
    if (process.pid() == ProcessHandle.current().pid()) {
      throw new IllegalStateException("the local cloud itself made this call");
    }
    process.destroyForcibly();
    return process.onExit().thenAccept(ended -> {});
  }
}
