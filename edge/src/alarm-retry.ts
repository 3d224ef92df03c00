const ALARM_RETRY_MIN_MS = 1_000;
const ALARM_RETRY_MAX_MS = 300_000;

/**
 * When an alarm whose handler failed comes again. Handlers catch everything and set the alarm
 * themselves: after six failures in a row the platform would give it up.
 */
export function alarmRetryMs(failuresBefore: number): number {
  return Math.min(ALARM_RETRY_MIN_MS * 2 ** failuresBefore, ALARM_RETRY_MAX_MS);
}
