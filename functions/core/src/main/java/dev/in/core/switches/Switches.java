package dev.in.core.switches;

/** How the feature switches are set at this moment. */
public interface Switches {

  /**
   * Never fails: where the setting cannot be read, the last known one holds, or else the default.
   */
  boolean isOn(Switch which);
}
