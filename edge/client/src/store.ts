import type { InClient } from "./client.js";
import type { FeedEntry, LibraryItem } from "./generated/api.js";
import { ProblemError } from "./problem-error.js";
import type { ImageSource, SubmitOptions } from "./submit.js";
import type { CallOptions } from "./transport.js";

/** How many tasks are shown, unless said otherwise. */
const LENGTH = 50;

/** A task as front ends show it. */
export interface StoredTask extends LibraryItem {
  /** It is on its way to the edge: `taskId` is a placeholder until it is accepted. */
  readonly isSubmitting?: true;
}

/** What a store knows. JSON, so that it can be kept and be gone on from. */
export interface TaskSnapshot {
  /** Newest first. */
  readonly tasks: readonly StoredTask[];
  /** Of the feed; undefined: nothing was read yet. */
  readonly cursor?: number;
}

export interface TaskStoreOptions {
  /** To go on from there; left out: from the edge's list. */
  readonly snapshot?: TaskSnapshot;
  readonly length?: number;
}

/**
 * The owner's latest tasks, kept up to date by the feed. What is submitted or deleted here shows at once,
 * and is taken back when the edge refuses it. Made for `useSyncExternalStore` and its like.
 */
export class TaskStore {
  readonly #listeners = new Set<() => void>();
  readonly #length: number;
  /** As the edge has them. */
  #tasks: readonly LibraryItem[];
  #cursor: number | undefined;
  /** By idempotency key: what the edge has not accepted yet. */
  readonly #submitting = new Map<string, StoredTask>();
  /** What the edge has not deleted yet. */
  readonly #deleting = new Set<string>();
  #snapshot: TaskSnapshot = { tasks: [] };

  constructor(
    private readonly client: Pick<InClient, "account" | "feed" | "submit" | "tasks">,
    { snapshot, length = LENGTH }: TaskStoreOptions = {},
  ) {
    this.#length = length;
    // What was on its way when the snapshot was made is in the list once it was accepted.
    this.#tasks = snapshot?.tasks.filter(({ isSubmitting }) => isSubmitting !== true) ?? [];
    this.#cursor = snapshot?.cursor;
    this.#publish();
  }

  /** The same object until something changes. */
  readonly getSnapshot = (): TaskSnapshot => this.#snapshot;

  /** @returns ends it */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps the tasks up to date. Never ends by itself: rejects as calls do, or when the signal is aborted. */
  async follow(options: CallOptions = {}): Promise<never> {
    for (;;) {
      // The cursor first: what happens while the list is read is in the feed behind it.
      const cursor = this.#cursor ?? (await this.client.account.get(options)).cursor;
      if (this.#cursor === undefined) {
        await this.#load(options);
        this.#cursor = cursor;
        this.#publish();
      }
      try {
        for await (const entry of this.client.feed({ ...options, cursor })) {
          await this.#apply(entry, options);
          this.#cursor = entry.seq;
          this.#publish();
        }
      } catch (error) {
        if (!(error instanceof ProblemError && error.code === "cursor_expired")) {
          throw error;
        }
        this.#cursor = undefined;
      }
    }
  }

  /** Answers the task's id once the edge has accepted it. */
  async submit(source: ImageSource, options: SubmitOptions = {}): Promise<string> {
    const key = options.idempotencyKey ?? crypto.randomUUID();
    const now = new Date().toISOString();
    const { fileName } = options;
    const status = "submitted";
    const task = {
      taskId: key,
      status,
      createdAt: now,
      ...(fileName === undefined ? {} : { fileName }),
    };
    this.#submitting.set(key, { ...task, isSubmitting: true });
    this.#publish();
    try {
      const { taskId } = await this.client.submit(source, { ...options, idempotencyKey: key });
      if (!this.#tasks.some((one) => one.taskId === taskId)) {
        this.#tasks = [{ ...task, taskId }, ...this.#tasks];
      }
      return taskId;
    } finally {
      this.#submitting.delete(key);
      this.#publish();
    }
  }

  async delete(taskId: string, options: CallOptions = {}): Promise<void> {
    this.#deleting.add(taskId);
    this.#publish();
    try {
      await this.client.tasks.delete(taskId, options);
      this.#remove(taskId);
    } catch (error) {
      // Deleted elsewhere, or by an earlier try whose answer was lost.
      if (!(error instanceof ProblemError && error.code === "not_found")) {
        throw error;
      }
      this.#remove(taskId);
    } finally {
      this.#deleting.delete(taskId);
      this.#publish();
    }
  }

  async #apply({ type, taskId, data }: FeedEntry, options: CallOptions): Promise<void> {
    if (taskId === undefined) {
      return;
    }
    const known = this.#tasks.find((one) => one.taskId === taskId);
    if (type === "task.deleted") {
      this.#remove(taskId);
    } else if (known === undefined || data.status === undefined) {
      // A task that is new here, or what was found in its image: only the list has that.
      await this.#load(options);
    } else {
      const { status, stage, error } = data;
      const { stage: _stage, error: _error, ...kept } = known;
      const changed: LibraryItem = {
        ...kept,
        status,
        ...(stage === undefined ? {} : { stage }),
        ...(error === undefined ? {} : { error }),
      };
      this.#tasks = this.#tasks.map((one) => (one === known ? changed : one));
    }
  }

  async #load(options: CallOptions): Promise<void> {
    this.#tasks = (await this.client.tasks.list({ limit: this.#length }, options)).items;
  }

  #remove(taskId: string): void {
    this.#tasks = this.#tasks.filter((one) => one.taskId !== taskId);
  }

  #publish(): void {
    const tasks = this.#tasks.filter(({ taskId }) => !this.#deleting.has(taskId));
    this.#snapshot = {
      tasks: [...[...this.#submitting.values()].reverse(), ...tasks].slice(0, this.#length),
      ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }),
    };
    this.#listeners.forEach((listener) => listener());
  }
}
