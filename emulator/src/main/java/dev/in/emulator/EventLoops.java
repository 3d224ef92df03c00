package dev.in.emulator;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The event loops of one server. They end when its last connection is closed, and end at once. */
final class EventLoops extends NioEventLoopGroup {
  private static final int MIN = 2;
  private static final long SHUTDOWN_SECONDS = 1;

  EventLoops() {
    super(
        Math.max(MIN, Runtime.getRuntime().availableProcessors()),
        new DefaultThreadFactory("local-cloud", true));
  }

  /** What the server calls after its connections; Netty would then wait two quiet seconds. */
  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
