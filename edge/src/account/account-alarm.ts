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

  isSweepDue(now: number): boolean {
    return this.#sweepAt <= now;
  }

  /** Sets the alarm for what comes next, and begins with what is due in the outboxes. */
  async goOn(): Promise<void> {
    await this.#set();
    this.handOn();
  }

  sweptUntil(nextSweepAt: number): void {
    this.#sweepAt = nextSweepAt;
  }

  /** Begins at once with what is due in the outboxes; the alarm takes over if that is interrupted. */
  handOn(): void {
    if (this.#outboxDueAt() !== undefined) {
      void this.ctx.storage.setAlarm(Date.now() + OUTBOX_ALARM_MS);
      this.ctx.waitUntil(this.#runOutboxes());
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

  async #set(): Promise<void> {
    const outbox = this.#outboxDueAt() ?? Infinity;
    const now = Date.now();
    await this.ctx.storage.setAlarm(
      Math.max(Math.min(outbox, this.#sweepAt), Math.min(now + OUTBOX_ALARM_MS, this.#sweepAt)),
    );
  }

  #outboxDueAt(): number | undefined {
    const times = this.outboxes
      .map((outbox) => outbox.dueAt())
      .filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
