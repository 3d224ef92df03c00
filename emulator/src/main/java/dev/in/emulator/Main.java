package dev.in.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The local cloud as a process. Prints {@code identity EMAIL localhost:PORT} for each account asked
 * for, then {@code ready http://localhost:PORT}, and serves until SIGTERM.
 */
public final class Main {
  private static final int WRONG_OPTIONS = 2;
  private static final int CANNOT_START = 3;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    MainOptions options;
    try {
      options = MainOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + MainOptions.USAGE);
      System.exit(WRONG_OPTIONS);
      return;
    }
    Logger.getLogger("").setLevel(Level.WARNING);
    LocalCloud cloud;
    try {
      cloud = LocalCloud.start(options.cloud());
    } catch (RuntimeException e) {
      System.err.println("The local cloud cannot start: " + e);
      System.exit(CANNOT_START);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "stop"));
    options
        .cloud()
        .identities()
        .forEach(
            email -> System.out.println("identity " + email + " " + cloud.metadataHost(email)));
    System.out.println("ready " + cloud.endpoint());
    System.out.flush();
    cloud.identity().warmUp();
    if (options.untilStdinCloses()) {
      awaitEnd(System.in);
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }

  /** A parent that dies, however it does, closes its end of the pipe. */
  private static void awaitEnd(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // Broken is closed.
    }
  }
}
