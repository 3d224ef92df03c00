import type { MailSettings } from "./mail.js";

/** What `GET /v1/account` says. */
export interface AccountView {
  readonly tasks: Readonly<Record<string, number>>;
  /** The latest entry's of the feed. */
  readonly cursor: number;
  readonly mail: MailSettings;
}
