package dev.in.core.switches;

import static java.util.Objects.requireNonNull;

/**
 * What an operator may switch off while everything runs, by a field of the Firestore document
 * {@link FirestoreSwitchSource#DOCUMENT} with the switch's name and a boolean. All there are stand
 * here; each is on unless that document says otherwise.
 */
public enum Switch {
  /**
   * Off: {@code ai} asks no provider, and tasks complete with {@code analysis.skipped} saying so.
   */
  ANALYSIS("analysis"),

  /**
   * Off: {@code sync} calls no coordinator and nacks, so Pub/Sub keeps the results. They go out
   * when it is on again, each within its subscription's longest backoff.
   */
  CALLBACKS("callbacks");

  private final String wireName;

  Switch(String wireName) {
    this.wireName = requireNonNull(wireName, "wireName is null");
  }

  /** The field's name. */
  public String wireName() {
    return wireName;
  }
}
