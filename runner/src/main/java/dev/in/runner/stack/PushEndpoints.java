package dev.in.runner.stack;

import dev.in.runner.process.StackFailure;
import java.net.URI;

/** Points subscriptions to the functions that they push to. */
@FunctionalInterface
interface PushEndpoints {

  /** From now on every subscription of that function pushes there. */
  void connect(String function, URI endpoint) throws StackFailure, InterruptedException;
}
