package dev.in.core.task;

import java.util.Locale;

/** A task's status in its document. */
public enum TaskStatus {
  PROCESSING,
  COMPLETED,
  FAILED;

  public boolean terminal() {
    return this != PROCESSING;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TaskStatus fromWire(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
