import { alarmRetryMs } from "../alarm-retry.js";
import { log, messageOf } from "../log.js";

/** What one part of an account has to send to others, kept until they acknowledge it. */
export interface Outbox {
  /** When something is to be sent; undefined: nothing is. */
  dueAt(): number | undefined;
  /** Sends what is due. */
  run(): Promise<void>;
}

/** Outboxes begin at once; the alarm looks after them that much later. */
const OUTBOX_ALARM_MS = 1_000;

/** The one alarm of an account, which looks after its outboxes and its sweeps. */
export class AccountAlarm {
  /** The first alarm after a start sweeps. */
  #sweepAt = 0;
  #isSet = false;
  #failures = 0;

  constructor(
    private readonly ctx: DurableObjectState,
    private readonly outboxes: readonly Outbox[],
  ) {}

  /** From the first change of an account on, it has an alarm. */
  async ensure(sweepMs: number): Promise<void> {
    if (!this.#isSet && (await this.ctx.storage.getAlarm()) === null) {
      await this.ctx.storage.setAlarm(Date.now() + sweepMs);
    }
    this.#isSet = true;
  }

  /**
   * Sweeps if that is due, sets the alarm for what comes next, and begins with what is due in the
   * outboxes. Never throws: after six failures in a row the platform would give the alarm up.
   *
   * @param isOpen whether the account has tables
   * @param sweep drops what is too old; answers how many milliseconds later it is due again
   */
  async onAlarm(isOpen: () => boolean, sweep: (now: number) => number): Promise<void> {
    try {
      if (isOpen()) {
        this.#sweepIfDue(Date.now(), sweep);
        await this.#set();
        this.handOn();
      }
      this.#failures = 0;
    } catch (error) {
      const delay = alarmRetryMs(this.#failures++);
      log("ERROR", "the account's alarm failed and is set again", {
        owner: this.ctx.id.name,
        delay,
        reason: messageOf(error),
      });
      await this.ctx.storage.setAlarm(Date.now() + delay);
    }
  }

  /** Begins at once with what is due in the outboxes; the alarm takes over if that is interrupted. */
  handOn(): void {
    if (this.#outboxDueAt() !== undefined) {
      void this.ctx.storage.setAlarm(Date.now() + OUTBOX_ALARM_MS);
      this.ctx.waitUntil(this.#runOutboxes());
    }
  }

  #sweepIfDue(now: number, sweep: (now: number) => number): void {
    if (this.#sweepAt <= now) {
      this.#sweepAt = now + sweep(now);
    }
  }

  async #runOutboxes(): Promise<void> {
    try {
      await Promise.all(this.outboxes.map((outbox) => outbox.run()));
      await this.#set();
    } catch (error) {
      log("ERROR", "an account's outbox is left to the alarm", { reason: messageOf(error) });
    }
  }

  /** For the next sweep, or earlier for what waits in the outboxes: a moment later, since it is tried now. */
  async #set(): Promise<void> {
    const now = Date.now();
    const outbox = Math.max(this.#outboxDueAt() ?? Infinity, now + OUTBOX_ALARM_MS);
    await this.ctx.storage.setAlarm(Math.min(outbox, Math.max(this.#sweepAt, now)));
  }

  #outboxDueAt(): number | undefined {
    const times = this.outboxes
      .map((outbox) => outbox.dueAt())
      .filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
