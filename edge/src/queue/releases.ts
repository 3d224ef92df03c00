import type { Outbox } from "../account/account-alarm.js";
import { clocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import type { Release, TaskQueue } from "./task-queue.js";

/** How many coordinators are called at a time. */
const PAGE = 32;

/**
 * Lets tasks begin whose turn has come: calls their coordinators, each until it answers. The same call asks
 * about tasks that have been in flight for long; of one that has ended, the end was not reported here.
 */
export class Releases implements Outbox {
  #running: Promise<void> | undefined;

  /** @param skipAnalysis why a task is not analysed, as it was admitted */
  constructor(
    private readonly env: Env,
    private readonly owner: string,
    private readonly queue: TaskQueue,
    private readonly skipAnalysis: (taskId: string) => string | undefined,
  ) {}

  dueAt(): number | undefined {
    return this.queue.dueAt();
  }

  run(): Promise<void> {
    this.#running ??= this.#callAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #callAll(): Promise<void> {
    this.queue.checkIfDue(Date.now());
    for (;;) {
      const due = this.queue.releases(Date.now(), PAGE);
      if (due.length === 0) {
        return;
      }
      await Promise.all(due.map((release) => this.#call(release)));
    }
  }

  async #call(release: Release): Promise<void> {
    const { taskId, failures } = release;
    try {
      const task = this.env.TASKS.getByName(taskId);
      if (await withinTimeout(task.release(this.owner, this.skipAnalysis(taskId)))) {
        this.queue.released(release, Date.now());
      } else {
        this.queue.end(taskId, Date.now());
      }
    } catch (error) {
      log("ERROR", "releasing a task failed", { taskId, reason: messageOf(error) });
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
      this.queue.failed(release, Math.ceil(Date.now() + backoff));
    }
  }
}
