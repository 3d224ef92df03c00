import { Listeners } from "../listeners.js";

/** Who this page speaks for, as the edge wants to know it. */
export interface Session {
  /** Whose pictures this page shows; undefined: nobody has said yet. */
  readonly owner: string | undefined;
  readonly ownerChanges: Listeners;
  /** The headers that say so, as soon as they are known. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The edge did not take those headers. False: there will be no others. */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

/** Where the edge asks nobody who they are (`AUTH_MODE=none`). */
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

/** Where users bring an ID token (`AUTH_MODE=oidc`). It is kept in memory, and nowhere else. */
export class TokenSession implements Session {
  readonly ownerChanges = new Listeners();
  /** The token was refused: another one is needed. */
  readonly wanted = new Listeners();
  readonly #given = new Listeners();
  #token: string | undefined;
  #owner: string | undefined;

  get owner(): string | undefined {
    return this.#owner;
  }

  /** False: this is no ID token. */
  use(token: string): boolean {
    const owner = subjectOf(token);
    if (owner === undefined) {
      return false;
    }
    this.#token = token;
    const changed = owner !== this.#owner;
    this.#owner = owner;
    if (changed) {
      this.ownerChanges.tell();
    }
    this.#given.tell();
    return true;
  }

  async headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    while (this.#token === undefined) {
      await this.#given.next(signal);
    }
    return { authorization: `Bearer ${this.#token}` };
  }

  refused({ authorization }: Readonly<Record<string, string>>): boolean {
    // Another call may have been refused first, and the user have given another token meanwhile.
    if (authorization === `Bearer ${this.#token ?? ""}`) {
      this.#token = undefined;
      this.wanted.tell();
    }
    return true;
  }
}

/** Whose token it says it is; that is for the edge to verify, here it only divides lists. */
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
