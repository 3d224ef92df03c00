import type { AddressSource, Order, UploadSource } from "./order.js";

/** A task that this browser has submitted. */
export interface Remembered extends Order {
  readonly taskId: string;
  readonly source: AddressSource | UploadSource;
}

/** More are forgotten, the oldest first. */
const MOST = 50;

/**
 * One owner's tasks, newest first, in the browser's local storage, so that they survive a reload.
 * Only what is needed to ask the edge again is kept, never a result. Where the browser keeps
 * nothing (private windows of some), the page works all the same.
 */
export class RememberedTasks {
  readonly #key: string;

  constructor(owner: string) {
    this.#key = `in.tasks.${owner}`;
  }

  all(): Remembered[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]") as Remembered[];
    } catch {
      return [];
    }
  }

  add(task: Remembered): void {
    this.#write([task, ...this.all()].slice(0, MOST));
  }

  forget(taskId: string): void {
    this.#write(this.all().filter((task) => task.taskId !== taskId));
  }

  #write(tasks: readonly Remembered[]): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(tasks));
    } catch {
      // Full, or forbidden.
    }
  }
}
