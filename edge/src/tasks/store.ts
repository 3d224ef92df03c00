import type { ReportedTask } from "../account/report.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import { MIGRATIONS } from "./schema.js";
import { deletedReportOf, reportOf } from "./report.js";
import { ReportTable, targetOf } from "./report-table.js";
import { isTerminal } from "./summary.js";
import { alarmOf, type DeletedTask, parseStoredTask, type StoredTask, type Task } from "./task.js";
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
  readonly reports: ReportTable;
  #upToDate = false;

  constructor(private readonly storage: DurableObjectStorage) {
    this.reports = new ReportTable(storage.sql);
  }

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
    this.#migrate();
    this.storage.sql.exec(
      "INSERT INTO tasks (id, task) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET task = excluded.task",
      JSON.stringify(task),
    );
    this.setAlarm(task);
  }

  /** Sets the alarm for what is due next. */
  setAlarm(task: StoredTask): void {
    // Not awaited: writes without an await between them are one, and the answer waits for it.
    const alarm = alarmOf(task.outbox, this.reports.dueAt());
    void (alarm === undefined ? this.storage.deleteAlarm() : this.storage.setAlarm(alarm));
  }

  /**
   * Writes the task, a line of its timeline, and what is to be reported to its account.
   *
   * @param reportDueAt when the report is attempted (again), unless it is acknowledged before
   */
  record(task: Task, reportDueAt: number): Entry {
    this.#migrate();
    const { sql } = this.storage;
    const view = viewJson(task);
    const { id } = sql
      .exec<{ id: number }>("INSERT INTO timeline (view) VALUES (?) RETURNING id", view)
      .one();
    sql.exec("DELETE FROM timeline WHERE id <= ?", id - TIMELINE_LENGTH);
    this.#report(task, reportOf(task, id), reportDueAt);
    this.write(task);
    return { id, view };
  }

  /** The same report again, as a new one. */
  reportAgain(task: Task, dueAt: number): void {
    const report = reportOf(task, this.#latestEntry());
    this.reports.put("account", task.owner, task.summary.run, report, dueAt);
    this.setAlarm(task);
  }

  /** Writes what is left of a deleted task, and that it was deleted; nothing else stays. */
  replace(task: Task, deleted: DeletedTask, now: number, reportDueAt: number): void {
    this.#migrate();
    const { sql } = this.storage;
    const report = deletedReportOf(task, this.#latestEntry() + 1, now);
    this.reports.clear();
    this.reports.put("account", task.owner, deleted.run, report, reportDueAt);
    if (task.batch !== undefined) {
      this.reports.put(targetOf(task.batch), task.owner, deleted.run, report, reportDueAt);
    }
    sql.exec("DELETE FROM timeline");
    this.write(deleted);
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
    const due = task && alarmOf(task.outbox, this.reports.dueAt());
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

  /** A batch learns how the task ends, and that it goes on in another run. */
  #report(task: Task, report: ReportedTask, dueAt: number): void {
    const { owner, batch, summary } = task;
    this.reports.put("account", owner, summary.run, report, dueAt);
    if (batch !== undefined && (isTerminal(summary.status) || summary.run > 1)) {
      this.reports.put(targetOf(batch), owner, summary.run, report, dueAt);
    }
  }

  #latestEntry(): number {
    const { latest } = this.storage.sql
      .exec<{ latest: number | null }>("SELECT MAX(id) AS latest FROM timeline")
      .one();
    return latest ?? 0;
  }

  /**
   * Brings the tables of an existing task up to date; false where there is no task. Not in the
   * object's constructor: a migration that throws there would take the alarm's handler along.
   */
  #open(): boolean {
    this.#upToDate ||= isMigrated(this.storage.sql) && migrate(this.storage.sql, MIGRATIONS);
    return this.#upToDate;
  }

  #migrate(): void {
    this.#upToDate ||= migrate(this.storage.sql, MIGRATIONS);
  }
}
