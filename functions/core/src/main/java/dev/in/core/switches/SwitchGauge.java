package dev.in.core.switches;

import static java.util.Objects.requireNonNull;

import dev.in.core.startup.WarmUp.Warm;
import dev.in.core.telemetry.Meters;

/**
 * Shows a switch among the metrics as this function sees it, from its start on; so it is read
 * before the first task asks.
 */
public final class SwitchGauge implements Warm {
  private final Switch which;
  private final Switches switches;
  private final Meters meters;

  public SwitchGauge(Switch which, Switches switches, Meters meters) {
    this.which = requireNonNull(which, "which is null");
    this.switches = requireNonNull(switches, "switches is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public String name() {
    return "the switch " + which.wireName();
  }

  @Override
  public void warm() {
    meters.switched(which.wireName(), () -> switches.isOn(which));
    switches.isOn(which);
  }
}
