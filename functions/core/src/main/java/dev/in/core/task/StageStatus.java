package dev.in.core.task;

import java.util.Locale;

/** A stage's status in the task document. */
public enum StageStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static StageStatus fromWire(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
