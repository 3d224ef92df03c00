import { log, messageOf } from "./log.js";

const ALARM_RETRY_MIN_MS = 1_000;
const ALARM_RETRY_MAX_MS = 300_000;

/**
 * When an alarm whose handler failed comes again. Handlers catch everything and set the alarm
 * themselves: after six failures in a row the platform would give it up.
 */
export function alarmRetryMs(failuresBefore: number): number {
  return Math.min(ALARM_RETRY_MIN_MS * 2 ** failuresBefore, ALARM_RETRY_MAX_MS);
}

/** Runs an alarm's handler, and sets the alarm again should it fail. */
export class RetriedAlarm {
  #failures = 0;

  /** @param ids what a log line says about the object */
  constructor(
    private readonly storage: DurableObjectStorage,
    private readonly ids: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Never throws. */
  async run(handle: () => Promise<void>): Promise<void> {
    try {
      await handle();
      this.#failures = 0;
    } catch (error) {
      const delay = alarmRetryMs(this.#failures++);
      const details = { ...this.ids, delay, reason: messageOf(error) };
      log("ERROR", "the alarm failed and is set again", details);
      await this.storage.setAlarm(Date.now() + delay);
    }
  }
}
