package dev.in.emulator;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Runs each call that may block on a virtual thread of its own; only delays are a pool's. */
final class BlockingCalls extends ScheduledThreadPoolExecutor {

  BlockingCalls() {
    super(1, Thread.ofPlatform().daemon().name("delays").factory());
  }

  @Override
  public void execute(Runnable call) {
    Thread.ofVirtual().name("call").start(call);
  }
}
