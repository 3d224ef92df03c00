import { accountClocks } from "../config.js";
import { randomId } from "../encoding.js";
import { equalInConstantTime } from "./constant-time.js";

/** For the account's migrations. */
export const CONFIRMATION_TABLES = `
  CREATE TABLE mail_confirmation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    request_id TEXT NOT NULL,
    address TEXT NOT NULL,
    types TEXT NOT NULL,
    token TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  -- When mail was requested that asks for a confirmation: it goes to who may not have wanted it.
  CREATE TABLE mail_confirmation_requests (requested_at INTEGER NOT NULL) STRICT;`;

/** Of mail to addresses that may be anybody's, within `confirmationWindowMs`. */
const MAX_REQUESTS = 5;

/** An address that waits for its owner's word. */
export interface PendingAddress {
  /** By which the event that asks for the mail names it. */
  readonly requestId: string;
  readonly address: string;
  /** What mail is wanted about once the address is confirmed. */
  readonly types: readonly string[];
  readonly token: string;
}

type Row = {
  readonly request_id: string;
  readonly address: string;
  readonly types: string;
  readonly token: string;
};

/** An address to which mail goes only once whoever reads it has said so. At most one waits. */
export class MailConfirmation {
  constructor(
    private readonly env: Env,
    private readonly sql: SqlStorage,
  ) {}

  /** Undefined, and nothing changes: there were too many requests of late. */
  request(
    { address, types }: Pick<PendingAddress, "address" | "types">,
    now: number,
  ): PendingAddress | undefined {
    const { confirmationWindowMs, confirmationMs } = accountClocks(this.env);
    this.sql.exec(
      "DELETE FROM mail_confirmation_requests WHERE requested_at <= ?",
      now - confirmationWindowMs,
    );
    const requests = this.sql
      .exec<{ n: number }>("SELECT COUNT(*) AS n FROM mail_confirmation_requests")
      .one().n;
    if (requests >= MAX_REQUESTS) {
      return undefined;
    }
    const pending = { requestId: randomId(), address, types, token: randomId() };
    this.sql.exec("INSERT INTO mail_confirmation_requests (requested_at) VALUES (?)", now);
    this.sql.exec(
      `INSERT OR REPLACE INTO mail_confirmation
       (id, request_id, address, types, token, expires_at) VALUES (1, ?, ?, ?, ?, ?)`,
      ...[pending.requestId, address, JSON.stringify(types), pending.token],
      now + confirmationMs,
    );
    return pending;
  }

  pending(now: number): PendingAddress | undefined {
    const row = this.sql
      .exec<Row>("SELECT * FROM mail_confirmation WHERE expires_at > ?", now)
      .toArray()
      .at(0);
    return row === undefined
      ? undefined
      : {
          requestId: row.request_id,
          address: row.address,
          types: JSON.parse(row.types) as string[],
          token: row.token,
        };
  }

  /** What waits, if that is its token. */
  of(token: string, now: number): PendingAddress | undefined {
    const pending = this.pending(now);
    return pending !== undefined && equalInConstantTime(pending.token, token) ? pending : undefined;
  }

  forgetExpired(now: number): void {
    this.sql.exec("DELETE FROM mail_confirmation WHERE expires_at <= ?", now);
  }

  withdraw(): void {
    this.sql.exec("DELETE FROM mail_confirmation");
  }
}
