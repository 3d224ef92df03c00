import { Listeners } from "../listeners.js";

/** The user of this page, as the edge authenticates them. */
export interface Session {
  /** Whose images this page shows; undefined: not signed in yet. */
  readonly owner: string | undefined;
  readonly ownerChanges: Listeners;
  /** The headers that authenticate the user, as soon as they are known. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The edge rejected those headers. False: there will be no others. */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

/** Without authentication (`AUTH_MODE=none`). */
export class OpenSession implements Session {
  readonly owner = "local";
  readonly ownerChanges = new Listeners();

  headers(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve({});
  }

  refused(): boolean {
    return false;
  }
}

/** With an ID token (`AUTH_MODE=oidc`), which is kept in memory only. */
export class TokenSession implements Session {
  readonly ownerChanges = new Listeners();
  /** The token was rejected: another one is needed. */
  readonly rejected = new Listeners();
  readonly #given = new Listeners();
  #token: string | undefined;
  #owner: string | undefined;

  get owner(): string | undefined {
    return this.#owner;
  }

  /** False: this is not an ID token. */
  use(token: string): boolean {
    const owner = subjectOf(token);
    if (owner === undefined) {
      return false;
    }
    this.#token = token;
    const changed = owner !== this.#owner;
    this.#owner = owner;
    if (changed) {
      this.ownerChanges.notify();
    }
    this.#given.notify();
    return true;
  }

  async headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    while (this.#token === undefined) {
      await this.#given.next(signal);
    }
    return { authorization: `Bearer ${this.#token}` };
  }

  refused({ authorization }: Readonly<Record<string, string>>): boolean {
    // Another call may have been rejected first, and the user may have signed in again since.
    if (authorization === `Bearer ${this.#token ?? ""}`) {
      this.#token = undefined;
      this.rejected.notify();
    }
    return true;
  }
}

/** The token's unverified subject: here it only separates lists, the edge verifies it. */
function subjectOf(token: string): string | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Partial<
      Record<string, unknown>
    >;
    const { iss, sub } = claims;
    return typeof iss === "string" && typeof sub === "string" ? `${iss}|${sub}` : undefined;
  } catch {
    return undefined;
  }
}
