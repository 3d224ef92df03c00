import { randomId } from "../encoding.js";
import { equalInConstantTime } from "./constant-time.js";
import type { EventOutbox } from "./event-outbox.js";
import { MailConfirmation, type PendingAddress } from "./mail-confirmation.js";
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
  /** An address that mail goes to, in place of the other, once its owner has confirmed it. */
  readonly unconfirmed?: string;
}

/** What notification sends mail by. */
export interface MailPreferences {
  readonly settings: MailSettings;
  readonly unsubscribeToken: string;
  readonly pending?: PendingAddress;
}

/** What the owner chooses; where they name no address, the one from before stays. */
export interface MailChoice {
  readonly address: string | undefined;
  /** Whether an address that mail did not go to before must be confirmed. */
  readonly toBeConfirmed: boolean;
  /** Of the user who chooses. */
  readonly channel: string;
  readonly types: readonly string[];
}

/** Why a choice is refused. */
export type MailRefusal = "address_required" | "too_many_confirmations";

/** What a link in a mail is for. */
export type MailLink = "unsubscribe" | "confirm";

export const NO_MAIL: MailSettings = { types: [] };

type Row = {
  readonly address: string | null;
  readonly types: string;
  readonly unsubscribe_token: string;
};

/** An account's mail: which its owner wants, where it goes, and who may switch it off by a link. */
export class Mail {
  readonly #confirmation: MailConfirmation;

  constructor(
    env: Env,
    private readonly sql: SqlStorage,
    private readonly events: EventOutbox,
  ) {
    this.#confirmation = new MailConfirmation(env, sql);
  }

  settings(now: number): MailSettings {
    const { address, types } = this.#chosen();
    const unconfirmed = this.#confirmation.pending(now)?.address;
    return {
      ...(address === undefined ? {} : { address }),
      types,
      ...(unconfirmed === undefined ? {} : { unconfirmed }),
    };
  }

  /** Undefined: it is done, or waits for the confirmation of the address. */
  choose(
    { address, types, toBeConfirmed, channel }: MailChoice,
    now: number,
  ): MailRefusal | undefined {
    const before = this.#chosen().address;
    const recipient = types.length === 0 ? undefined : (address ?? before);
    if (types.length > 0 && recipient === undefined) {
      return "address_required";
    }
    if (recipient === undefined || recipient === before || !toBeConfirmed) {
      this.#set(recipient, types);
      return undefined;
    }
    const pending = this.#confirmation.request({ address: recipient, types }, now);
    if (pending === undefined) {
      return "too_many_confirmations";
    }
    const { requestId } = pending;
    this.events.add(
      {
        eventType: "mail.confirmation_requested",
        id: requestId,
        channel,
        run: 1,
        timestamp: now,
        payload: { requestId },
      },
      now,
    );
    return undefined;
  }

  preferences(now: number): MailPreferences {
    const pending = this.#confirmation.pending(now);
    return {
      settings: this.#chosen(),
      unsubscribeToken: this.#unsubscribeToken(),
      ...(pending === undefined ? {} : { pending }),
    };
  }

  /** As if nobody had ever chosen: no address is left, and no link works any more. */
  clear(): void {
    this.sql.exec(
      "DELETE FROM mail; DELETE FROM mail_confirmation; DELETE FROM mail_confirmation_requests",
    );
  }

  /** Whether this account's mail has that link. */
  show(link: MailLink, token: string, now: number): boolean {
    return link === "unsubscribe"
      ? this.#isUnsubscribeToken(token)
      : this.#confirmation.of(token, now) !== undefined;
  }

  /** Does what the link is for; false, and nothing changes: this account's mail has no such link. */
  follow(link: MailLink, token: string, now: number): boolean {
    if (!this.show(link, token, now)) {
      return false;
    }
    const pending = this.#confirmation.pending(now);
    if (link === "unsubscribe") {
      this.#switchOff();
    } else if (pending !== undefined) {
      this.#set(pending.address, pending.types);
    }
    return true;
  }

  #isUnsubscribeToken(token: string): boolean {
    const row = this.#row();
    return row !== undefined && equalInConstantTime(row.unsubscribe_token, token);
  }

  /** Mail to that address came back; false: it is not, or no longer, where mail goes. */
  bounced(address: string, now: number): boolean {
    if (this.#confirmation.pending(now)?.address === address) {
      this.#confirmation.withdraw();
      return true;
    }
    const isCurrent = this.#chosen().address === address;
    if (isCurrent) {
      this.#switchOff();
    }
    return isCurrent;
  }

  /** Nobody said in time that the address is theirs. */
  forgetExpired(now: number): void {
    this.#confirmation.forgetExpired(now);
  }

  #chosen(): MailSettings {
    const row = this.#row();
    return row === undefined || row.address === null
      ? NO_MAIL
      : { address: row.address, types: JSON.parse(row.types) as string[] };
  }

  #set(address: string | undefined, types: readonly string[]): void {
    this.#confirmation.withdraw();
    this.sql.exec(
      `INSERT INTO mail (id, address, types, unsubscribe_token) VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET address = excluded.address, types = excluded.types`,
      ...[address ?? null, JSON.stringify(types), randomId()],
    );
  }

  #switchOff(): void {
    this.#confirmation.withdraw();
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
