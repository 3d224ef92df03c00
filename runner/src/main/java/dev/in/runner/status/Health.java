package dev.in.runner.status;

/** What a part says of itself. */
public enum Health {
  UP("up"),
  /** It answers, and says that it cannot work. */
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
