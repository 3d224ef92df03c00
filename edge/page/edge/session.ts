import type { Credentials as ClientCredentials } from "../../client/src/credentials.js";
import { Listeners } from "../listeners.js";

/** The user of this page, as the edge authenticates them. */
export interface Session extends ClientCredentials {
  /** Whose images this page shows; undefined: not signed in yet. */
  readonly owner: string | undefined;
  readonly ownerChanges: Listeners;
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

/** Who has signed in by the edge's cookie (`GET /v1/session`). */
export interface SignedInUser {
  readonly owner: string;
  readonly channel: string;
  readonly name: string;
  /** ISO 8601. */
  readonly renewAt: string;
}

type Credentials =
  { readonly kind: "token"; readonly token: string } | { readonly kind: "cookie"; renewAt: number };

/**
 * With the edge's cookie, which no script sees, or an ID token, which is kept in memory only
 * (`AUTH_MODE=oidc`).
 */
export class UserSession implements Session {
  readonly ownerChanges = new Listeners();
  /** What authenticated the user was rejected: they must sign in again. */
  readonly rejected = new Listeners();
  readonly #given = new Listeners();
  #credentials: Credentials | undefined;
  #owner: string | undefined;

  /** @param renew asks the edge for a longer session, and answers the user if there is one still */
  constructor(private readonly renew: () => Promise<SignedInUser | undefined>) {}

  get owner(): string | undefined {
    return this.#owner;
  }

  /** False: this is not an ID token. */
  use(token: string): boolean {
    const owner = subjectOf(token);
    if (owner === undefined) {
      return false;
    }
    this.#become(owner, { kind: "token", token });
    return true;
  }

  /** The browser has a cookie of this user. */
  signedIn({ owner, renewAt }: SignedInUser): void {
    this.#become(owner, { kind: "cookie", renewAt: Date.parse(renewAt) });
  }

  /** Nobody uses this page any more. */
  end(): void {
    this.#credentials = undefined;
    if (this.#owner !== undefined) {
      this.#owner = undefined;
      this.ownerChanges.notify();
    }
  }

  async headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    while (this.#credentials === undefined) {
      await this.#given.next(signal);
    }
    const credentials = this.#credentials;
    if (credentials.kind === "token") {
      return { authorization: `Bearer ${credentials.token}` };
    }
    if (Date.now() >= credentials.renewAt) {
      // Once, whoever calls meanwhile; one that lasts no longer is used until it is rejected.
      credentials.renewAt = Infinity;
      void this.#renewed();
    }
    return {};
  }

  refused({ authorization }: Readonly<Record<string, string>>): boolean {
    const credentials = this.#credentials;
    // Another call may have been rejected first, and the user may have signed in again since.
    const same =
      credentials?.kind === "token"
        ? authorization === `Bearer ${credentials.token}`
        : authorization === undefined;
    if (credentials !== undefined && same) {
      this.#credentials = undefined;
      this.rejected.notify();
    }
    return true;
  }

  async #renewed(): Promise<void> {
    const user = await this.renew();
    if (user?.owner === this.#owner && Date.parse(user?.renewAt ?? "") > Date.now()) {
      this.#credentials = { kind: "cookie", renewAt: Date.parse(user?.renewAt ?? "") };
    }
  }

  #become(owner: string, credentials: Credentials): void {
    this.#credentials = credentials;
    const changed = owner !== this.#owner;
    this.#owner = owner;
    if (changed) {
      this.ownerChanges.notify();
    }
    this.#given.notify();
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
