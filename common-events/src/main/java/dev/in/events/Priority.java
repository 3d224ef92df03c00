package dev.in.events;

import java.util.Arrays;

/** How soon a task is wanted. */
public enum Priority {
  HIGH("high"),
  NORMAL("normal"),
  LOW("low");

  private final String wireName;

  Priority(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** The priority of that name; a missing or unknown one reads as normal. */
  public static Priority fromWire(String name) {
    return Arrays.stream(values())
        .filter(priority -> priority.wireName.equals(name))
        .findFirst()
        .orElse(NORMAL);
  }
}
