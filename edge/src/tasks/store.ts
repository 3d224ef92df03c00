import { isMigrated, migrate } from "./schema.js";
import { alarmOf, parseStoredTask, type StoredTask, type Task } from "./task.js";
import { type ViewJson, viewJson } from "./view.js";

/** One thing that happened to a task, as its watchers receive it. */
export interface Entry {
  /** Grows by one. */
  readonly id: number;
  readonly view: ViewJson;
}

/** How many of the latest entries a late watcher receives. */
const TIMELINE_LENGTH = 64;

/**
 * A coordinator's disk: one task and its timeline. Every method is synchronous, so whatever is
 * written between two awaits is written as one, the alarm included.
 */
export class TaskStore {
  #upToDate = false;

  constructor(private readonly storage: DurableObjectStorage) {}

  /** Writes nothing where no task was submitted. */
  read(): StoredTask | undefined {
    if (!this.#open()) {
      return undefined;
    }
    const [row] = this.storage.sql.exec<{ task: string }>("SELECT task FROM tasks").toArray();
    return row === undefined ? undefined : parseStoredTask(row.task);
  }

  /** Writes the task and sets its alarm. */
  write(task: StoredTask): void {
    migrate(this.storage.sql);
    this.storage.sql.exec(
      "INSERT INTO tasks (id, task) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET task = excluded.task",
      JSON.stringify(task),
    );
    // Not awaited: writes without an await between them are one, and the answer waits for it.
    const alarm = alarmOf(task.outbox);
    void (alarm === undefined ? this.storage.deleteAlarm() : this.storage.setAlarm(alarm));
  }

  /** Writes the task and a line of its timeline. */
  record(task: Task): Entry {
    this.write(task);
    const { sql } = this.storage;
    const view = viewJson(task);
    const { id } = sql
      .exec<{ id: number }>("INSERT INTO timeline (view) VALUES (?) RETURNING id", view)
      .one();
    sql.exec("DELETE FROM timeline WHERE id <= ?", id - TIMELINE_LENGTH);
    return { id, view };
  }

  /** Writes what is left of a deleted task, and nothing else stays. */
  replace(task: StoredTask): void {
    this.write(task);
    this.storage.sql.exec("DELETE FROM timeline");
  }

  /**
   * Deletes everything, the alarm included, as one: from now on there is no such task. Interrupted
   * before, the alarm that called comes again.
   */
  async forget(): Promise<void> {
    await this.storage.deleteAll();
    this.#upToDate = false;
  }

  /** Sets the alarm if it is lost, as after a platform that gave it up. */
  async ensureAlarm(): Promise<void> {
    const task = this.read();
    const due = task && alarmOf(task.outbox);
    if (due !== undefined && (await this.storage.getAlarm()) === null) {
      await this.storage.setAlarm(due);
    }
  }

  /** What happened after that entry, oldest first. */
  timeline(afterId: number): Entry[] {
    return this.storage.sql
      .exec<{ id: number; view: string }>(
        "SELECT id, view FROM timeline WHERE id > ? ORDER BY id",
        afterId,
      )
      .toArray();
  }

  /**
   * Brings the tables of an existing task up to date; false where there is no task. Not in the
   * object's constructor: a migration that throws there would take the alarm's handler along.
   */
  #open(): boolean {
    this.#upToDate ||= isMigrated(this.storage.sql) && migrate(this.storage.sql);
    return this.#upToDate;
  }
}
