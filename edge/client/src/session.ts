import type { Session as SessionView } from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

/** Who is signed in by the edge's cookie, in a browser on the edge's own page. */
export class Session {
  constructor(private readonly transport: Transport) {}

  get(options?: CallOptions): Promise<SessionView> {
    return this.transport.call("GET /v1/session", {}, options);
  }

  async end(options?: CallOptions): Promise<void> {
    await this.transport.call("DELETE /v1/session", {}, options);
  }

  /** Where a link to the sign-in of a channel leads. */
  signInUrl(channel: string): string {
    return this.transport.url("GET /v1/session/signin", { query: { channel } });
  }
}
