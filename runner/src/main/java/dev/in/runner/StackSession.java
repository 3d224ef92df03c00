package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.Stack;
import dev.in.runner.stack.StackListener;
import dev.in.runner.stack.StackOptions;
import dev.in.topology.Topology;

/** A stack that ends with this process, whatever ends it: the work's end, a failure, a signal. */
final class StackSession implements AutoCloseable {
  private final Stack stack;

  private StackSession(Stack stack) {
    this.stack = stack;
  }

  /** Starts a stack and returns when it takes tasks. */
  static StackSession start(StackOptions options, StackListener listener)
      throws StackFailure, InterruptedException {
    Stack stack = new Stack(Installation.find(), Topology.load(), options, listener);
    StackSession session = new StackSession(stack);
    // INT, TERM and HUP run the JVM's shutdown hooks.
    Runtime.getRuntime().addShutdownHook(new Thread(session::closeQuietly, "stop"));
    try {
      stack.start();
      return session;
    } catch (StackFailure failure) {
      awaitEndIf(stack.closing());
      session.close();
      throw failure;
    }
  }

  Stack stack() {
    return stack;
  }

  @Override
  public void close() throws InterruptedException {
    stack.close();
  }

  /** While Java is ending, whatever fails is a consequence, and nothing to talk about. */
  static void awaitEndIf(boolean ending) throws InterruptedException {
    if (ending) {
      Thread.currentThread().join();
    }
  }

  private void closeQuietly() {
    try {
      stack.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
