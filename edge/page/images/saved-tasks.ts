import type { ImageRequest, UploadSource, UrlSource } from "./image-request.js";

/** A task that this browser has submitted. */
export interface SavedTask extends ImageRequest {
  readonly taskId: string;
  readonly source: UrlSource | UploadSource;
}

/** Older ones are dropped. */
const MAX_TASKS = 50;

/**
 * One owner's tasks, newest first, in the browser's local storage, so that they survive a reload.
 * Only what is needed to ask the edge again is saved, never a result. Where the browser stores
 * nothing (some private windows), the page works all the same.
 */
export class SavedTasks {
  readonly #key: string;

  constructor(owner: string) {
    this.#key = `in.tasks.${owner}`;
  }

  all(): SavedTask[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]") as SavedTask[];
    } catch {
      return [];
    }
  }

  add(task: SavedTask): void {
    this.#write([task, ...this.all()].slice(0, MAX_TASKS));
  }

  remove(taskId: string): void {
    this.#write(this.all().filter((task) => task.taskId !== taskId));
  }

  #write(tasks: readonly SavedTask[]): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(tasks));
    } catch {
      // Full or forbidden.
    }
  }
}
