import { clocks, pubSubSettings } from "../config.js";
import { log, messageOf } from "../log.js";
import { Publisher } from "../pubsub/publisher.js";
import { exportingSpan } from "../trace/exporter.js";
import { outgoing } from "./messages.js";
import type { TaskStore } from "./store.js";
import { logIds, type Pending, type StoredTask } from "./task.js";
import * as transitions from "./transitions.js";

/** Publishes what is pending in a coordinator's store. */
export class OutboxPublisher {
  /** The attempt under way in this instance; a second one would only publish duplicates. */
  #running: Promise<void> | undefined;

  /** @param apply writes the outcome, and notifies watchers where the summary has changed */
  constructor(
    private readonly ctx: DurableObjectState,
    private readonly env: Env,
    private readonly store: TaskStore,
    private readonly apply: (before: StoredTask, after: StoredTask) => void,
  ) {}

  /** Should it be interrupted, the alarm comes (again): the platform keeps it until its handler ends. */
  publish(): Promise<void> {
    this.#running ??= this.#publishAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #publishAll(): Promise<void> {
    for (;;) {
      const task = this.store.read();
      const [next] = task?.outbox.pending ?? [];
      if (task === undefined || next === undefined || !(await this.#attempt(task, next))) {
        return;
      }
    }
  }

  /** False: it failed, and comes again later. */
  async #attempt(task: StoredTask, pending: Pending): Promise<boolean> {
    try {
      const publisher = new Publisher(pubSubSettings(this.env));
      const { topic, message } = await outgoing(task, pending);
      await exportingSpan(
        this.env,
        (work) => this.ctx.waitUntil(work),
        {
          name: `publish ${pending.type}`,
          kind: "producer",
          traceId: task.traceId,
          parentSpanId: task.spanId,
          attributes: { "in.task.id": task.taskId, "messaging.system": "gcp_pubsub" },
        },
        () => publisher.publish(topic, message),
      );
    } catch (error) {
      const failures = task.outbox.failures + 1;
      const details = { ...logIds(task), failures, reason: messageOf(error) };
      log("ERROR", `publishing ${pending.type} failed`, details);
      this.#settle(pending, (now) =>
        transitions.attemptFailed(now, Date.now(), clocks(this.env), Math.random()),
      );
      return false;
    }
    log("INFO", `${pending.type} published`, logIds(task));
    this.#settle(pending, (now) => transitions.published(now, pending, Date.now()));
    return true;
  }

  /**
   * Applies an attempt's outcome, unless the message is no longer pending. What has taken its place then
   * may have come due while the alarm waited for this attempt: the alarm is set again.
   */
  #settle(pending: Pending, transition: (task: StoredTask) => StoredTask): void {
    const before = this.store.read();
    if (before?.outbox.pending.some((one) => transitions.isSame(one, pending)) === true) {
      this.apply(before, transition(before));
    } else if (before !== undefined) {
      this.store.setAlarm(before);
    }
  }
}
