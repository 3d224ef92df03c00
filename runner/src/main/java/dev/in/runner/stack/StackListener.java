package dev.in.runner.stack;

import java.time.Duration;

/** Told what happens to the stack. Calls come from several threads. */
public interface StackListener {

  /** A part is up. */
  void up(String part, Duration took);

  /** Something that people should know, in their words. */
  void note(String text);

  /** A line that a part has printed. */
  void printed(String part, String line);
}
