import type { Connection } from "./connection.js";
import { accepted, Unreachable } from "./refusal.js";
import type { SignedInUser } from "./session.js";

/** What `GET /v1/session` answers. */
export interface SessionView {
  readonly channels: readonly { readonly name: string; readonly title: string }[];
  readonly acceptsTokens: boolean;
  readonly user?: SignedInUser;
}

const PATH = "/v1/session";

/** Who is signed in by the edge's cookie. Nothing else authenticates these calls. */
export class SignInApi {
  constructor(private readonly connection: Connection) {}

  async view(): Promise<SessionView> {
    return (await (await this.#call("GET")).json()) as SessionView;
  }

  async signOut(): Promise<void> {
    await this.#call("DELETE");
  }

  /** Where a link to the sign-in of a channel leads. */
  static linkTo(channel: string): string {
    return `${PATH}/signin?${new URLSearchParams({ channel }).toString()}`;
  }

  #call(method: string): Promise<Response> {
    return this.connection.retry(async () => {
      try {
        return await accepted(await fetch(PATH, { method }));
      } catch (error) {
        throw error instanceof TypeError ? new Unreachable(error.message) : error;
      }
    }, new AbortController().signal);
  }
}
