package dev.in.runner.status;

/** A component's answer to its health check. */
public enum Health {
  UP("up"),
  /** It answers that it is unhealthy. */
  DOWN("down"),
  /** It is too busy, stopped, or gone. */
  SILENT("no answer");

  private final String shown;

  Health(String shown) {
    this.shown = shown;
  }

  public String shown() {
    return shown;
  }
}
