import { randomId } from "../encoding.js";
import type { EventType } from "../generated/events.js";

/** For the account's migrations. */
export const MAIL_TABLE = `
  CREATE TABLE mail (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Kept only while mail is wanted.
    address TEXT,
    types TEXT NOT NULL,
    unsubscribe_token TEXT NOT NULL
  ) STRICT;`;

/** The types of events about which mail is sent. */
export const MAIL_TYPES = ["webhook.disabled"] as const satisfies readonly EventType[];

/** What an owner wants mail about, and where it goes. */
export interface MailSettings {
  /** Undefined: mail is off. */
  readonly address?: string;
  /** Empty: mail is off. */
  readonly types: readonly string[];
}

/** What notification sends mail by. */
export interface MailPreferences {
  readonly settings: MailSettings;
  readonly unsubscribeToken: string;
}

/** What the owner chooses; where they name no address, the one from before stays. */
export interface MailChoice {
  readonly address: string | undefined;
  readonly types: readonly string[];
}

export const NO_MAIL: MailSettings = { types: [] };

type Row = {
  readonly address: string | null;
  readonly types: string;
  readonly unsubscribe_token: string;
};

/** An account's mail: which its owner wants, where it goes, and who may switch it off by a link. */
export class Mail {
  constructor(private readonly sql: SqlStorage) {}

  settings(): MailSettings {
    const row = this.#row();
    return row === undefined || row.address === null
      ? NO_MAIL
      : { address: row.address, types: JSON.parse(row.types) as string[] };
  }

  /** False: mail is wanted, and no address is known. Then nothing changes. */
  choose({ address, types }: MailChoice): boolean {
    const recipient = address ?? this.settings().address;
    if (types.length > 0 && recipient === undefined) {
      return false;
    }
    this.sql.exec(
      `INSERT INTO mail (id, address, types, unsubscribe_token) VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET address = excluded.address, types = excluded.types`,
      ...[types.length === 0 ? null : recipient, JSON.stringify(types), randomId()],
    );
    return true;
  }

  preferences(): MailPreferences {
    return { settings: this.settings(), unsubscribeToken: this.#unsubscribeToken() };
  }

  isUnsubscribeToken(token: string): boolean {
    const row = this.#row();
    return row !== undefined && equalInConstantTime(row.unsubscribe_token, token);
  }

  /** False, and nothing changes: the token is not this account's. */
  unsubscribe(token: string): boolean {
    const isOurs = this.isUnsubscribeToken(token);
    if (isOurs) {
      this.#switchOff();
    }
    return isOurs;
  }

  /** Mail to that address came back; false: it is not, or no longer, where mail goes. */
  bounced(address: string): boolean {
    const isCurrent = this.settings().address === address;
    if (isCurrent) {
      this.#switchOff();
    }
    return isCurrent;
  }

  #switchOff(): void {
    this.sql.exec("UPDATE mail SET address = NULL, types = '[]'");
  }

  /** Made when it is first asked for. It stays the same, so that links in old mail work. */
  #unsubscribeToken(): string {
    this.sql.exec(
      "INSERT INTO mail (id, types, unsubscribe_token) VALUES (1, '[]', ?) ON CONFLICT DO NOTHING",
      randomId(),
    );
    return this.sql.exec<{ token: string }>("SELECT unsubscribe_token AS token FROM mail").one()
      .token;
  }

  #row(): Row | undefined {
    return this.sql.exec<Row>("SELECT address, types, unsubscribe_token FROM mail").toArray().at(0);
  }
}

function equalInConstantTime(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => new TextEncoder().encode(text));
  return (
    a !== undefined &&
    b !== undefined &&
    a.byteLength === b.byteLength &&
    crypto.subtle.timingSafeEqual(a, b)
  );
}
