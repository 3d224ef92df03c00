import type { Secrets } from "./secrets.js";
import type { Subscription } from "./subscription.js";

/** The tables of an account's webhooks, for the account's migrations. */
export const SUBSCRIPTION_TABLES = `
  CREATE TABLE webhooks (
    webhook_id TEXT PRIMARY KEY,
    subscription TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- What its WebhookDO has acknowledged: this version, and the feed up to this entry.
    sent_version INTEGER NOT NULL,
    sent_seq INTEGER NOT NULL,
    -- Only where a call has failed.
    retry_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE task_webhooks (
    seq INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL,
    url TEXT NOT NULL,
    retry_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE webhook_secrets (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secrets TEXT NOT NULL
  ) STRICT;`;

/** A subscription with what its WebhookDO has acknowledged. */
export interface Tracked {
  readonly subscription: Subscription;
  readonly sentVersion: number;
  readonly sentSeq: number;
  readonly retryAt: number | undefined;
  readonly failures: number;
}

/** An entry of the feed that goes to a task's own webhook, or removes it. */
export interface TaskWebhook {
  readonly seq: number;
  readonly taskId: string;
  /** Undefined: the task was deleted. */
  readonly url: string | undefined;
  readonly retryAt: number | undefined;
  readonly failures: number;
}

type Row = {
  readonly subscription: string;
  readonly sent_version: number;
  readonly sent_seq: number;
  readonly retry_at: number | null;
  readonly failures: number;
};

type TaskRow = {
  readonly seq: number;
  readonly task_id: string;
  readonly url: string;
  readonly retry_at: number | null;
  readonly failures: number;
};

/** Subscriptions, and the outbox to their WebhookDOs. Every method is synchronous. */
export class SubscriptionStore {
  constructor(private readonly sql: SqlStorage) {}

  /** Oldest first; those whose deletion is still to be carried out included. */
  all(): Tracked[] {
    return this.sql.exec<Row>("SELECT * FROM webhooks ORDER BY rowid").toArray().map(tracked);
  }

  get(webhookId: string): Tracked | undefined {
    const [row] = this.sql
      .exec<Row>("SELECT * FROM webhooks WHERE webhook_id = ?", webhookId)
      .toArray();
    return row && tracked(row);
  }

  /** @param seq the feed's latest: nothing older is sent */
  add(subscription: Subscription, seq: number): void {
    const { webhookId, version } = subscription;
    this.sql.exec(
      `INSERT INTO webhooks (webhook_id, subscription, version, sent_version, sent_seq)
       VALUES (?, ?, ?, 0, ?)`,
      ...[webhookId, JSON.stringify(subscription), version, seq],
    );
  }

  write(subscription: Subscription): void {
    this.sql.exec(
      "UPDATE webhooks SET subscription = ?, version = ?, retry_at = NULL, failures = 0 WHERE webhook_id = ?",
      ...[JSON.stringify(subscription), subscription.version, subscription.webhookId],
    );
  }

  /** Skips what the feed holds up to this entry. */
  skipTo(webhookId: string, seq: number): void {
    this.sql.exec("UPDATE webhooks SET sent_seq = ? WHERE webhook_id = ?", seq, webhookId);
  }

  acknowledged(webhookId: string, version: number, seq: number): void {
    this.sql.exec(
      `UPDATE webhooks SET sent_version = MAX(sent_version, ?), sent_seq = MAX(sent_seq, ?),
         retry_at = NULL, failures = 0 WHERE webhook_id = ?`,
      ...[version, seq, webhookId],
    );
  }

  failed(webhookId: string, retryAt: number): void {
    this.sql.exec(
      "UPDATE webhooks SET retry_at = ?, failures = failures + 1 WHERE webhook_id = ?",
      ...[retryAt, webhookId],
    );
  }

  delete(webhookId: string): void {
    this.sql.exec("DELETE FROM webhooks WHERE webhook_id = ?", webhookId);
  }

  addTaskWebhook(seq: number, taskId: string, url: string): void {
    this.sql.exec(
      "INSERT INTO task_webhooks (seq, task_id, url) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      ...[seq, taskId, url],
    );
  }

  /** In place of what was still to be sent to it. */
  removeTaskWebhook(seq: number, taskId: string): void {
    this.sql.exec("DELETE FROM task_webhooks WHERE task_id = ?", taskId);
    this.addTaskWebhook(seq, taskId, "");
  }

  /** Oldest first. */
  taskWebhooks(now: number, limit: number): TaskWebhook[] {
    return this.sql
      .exec<TaskRow>(
        "SELECT * FROM task_webhooks WHERE retry_at IS NULL OR retry_at <= ? ORDER BY seq LIMIT ?",
        ...[now, limit],
      )
      .toArray()
      .map(({ seq, task_id, url, retry_at, failures }) => {
        return {
          ...{ seq, taskId: task_id, failures },
          ...{ url: url === "" ? undefined : url, retryAt: retry_at ?? undefined },
        };
      });
  }

  deleteTaskWebhook(seq: number): void {
    this.sql.exec("DELETE FROM task_webhooks WHERE seq = ?", seq);
  }

  taskWebhookFailed(seq: number, retryAt: number): void {
    this.sql.exec(
      "UPDATE task_webhooks SET retry_at = ?, failures = failures + 1 WHERE seq = ?",
      ...[retryAt, seq],
    );
  }

  /** When something is to be sent; 0: now; undefined: nothing is. */
  dueAt(headSeq: number): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>(
        `SELECT MIN(COALESCE(retry_at, 0)) AS due FROM (
           SELECT retry_at FROM webhooks WHERE sent_version < version OR sent_seq < ?
           UNION ALL SELECT retry_at FROM task_webhooks)`,
        headSeq,
      )
      .one();
    return due ?? undefined;
  }

  secrets(): Secrets | undefined {
    const [row] = this.sql
      .exec<{ secrets: string }>("SELECT secrets FROM webhook_secrets")
      .toArray();
    return row && (JSON.parse(row.secrets) as Secrets);
  }

  deleteSecrets(): void {
    this.sql.exec("DELETE FROM webhook_secrets");
  }

  writeSecrets(secrets: Secrets): void {
    this.sql.exec(
      "INSERT INTO webhook_secrets (id, secrets) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET secrets = excluded.secrets",
      JSON.stringify(secrets),
    );
  }
}

function tracked(row: Row): Tracked {
  return {
    subscription: JSON.parse(row.subscription) as Subscription,
    sentVersion: row.sent_version,
    sentSeq: row.sent_seq,
    retryAt: row.retry_at ?? undefined,
    failures: row.failures,
  };
}
