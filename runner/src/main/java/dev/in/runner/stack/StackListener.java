package dev.in.runner.stack;

import java.time.Duration;

/** ProgressRecorder what happens to the stack. Calls come from several threads. */
public interface StackListener {

  /** A component is up. */
  void started(String component, Duration took);

  /** Something that people should know, in their words. */
  void note(String text);

  /** A line that a component has printed. */
  void output(String component, String line);
}
