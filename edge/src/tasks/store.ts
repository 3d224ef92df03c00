import { migrate, isMigrated } from "./schema.js";
import { alarmOf, type Task } from "./task.js";
import { type ViewJson, viewJson } from "./view.js";

/** One thing that happened to a task: what its watchers are told. */
export interface Entry {
  /** Grows by one. */
  readonly id: number;
  readonly view: ViewJson;
}

/** A late watcher is told the last so many. */
const TIMELINE_LENGTH = 64;

/**
 * A coordinator's disk: one task and its timeline. Every method is synchronous, so whatever is
 * written between two awaits is written as one, the alarm included.
 */
export class TaskStore {
  constructor(private readonly storage: DurableObjectStorage) {}

  /** Brings an existing task's tables up to date. Writes nothing where no task was submitted. */
  open(): void {
    if (isMigrated(this.storage.sql)) {
      migrate(this.storage.sql);
    }
  }

  read(): Task | undefined {
    if (!isMigrated(this.storage.sql)) {
      return undefined;
    }
    const [row] = this.storage.sql.exec<{ task: string }>("SELECT task FROM tasks").toArray();
    return row === undefined ? undefined : (JSON.parse(row.task) as Task);
  }

  /** Writes the task and sets its alarm. */
  write(task: Task): void {
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

  /** Deletes everything: from now on there is no such task. */
  async forget(): Promise<void> {
    await this.storage.deleteAlarm();
    await this.storage.deleteAll();
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
}
