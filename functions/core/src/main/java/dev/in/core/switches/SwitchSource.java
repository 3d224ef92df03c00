package dev.in.core.switches;

import dev.in.core.failure.SharedFault;
import java.util.Set;

/** Where the switches are set. */
public interface SwitchSource {

  /**
   * The switches that are off.
   *
   * @throws SharedFault if the settings cannot be read now
   */
  Set<Switch> off();
}
