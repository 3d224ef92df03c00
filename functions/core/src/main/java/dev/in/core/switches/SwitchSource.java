package dev.in.core.switches;

import dev.in.core.failure.TransientFailure;
import java.util.Set;

/** Where the switches are set. */
public interface SwitchSource {

  /**
   * The switches that are off.
   *
   * @throws TransientFailure if the settings cannot be read now
   */
  Set<Switch> off();
}
