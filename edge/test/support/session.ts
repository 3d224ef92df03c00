import { newSession, type Session, sessionCookie } from "../../src/session/session.js";
import { CHANNEL, SESSION_SECRET } from "./channels.js";
import type { Environment } from "./edge.js";

/** What a page of this edge sends along. */
export const OWN_PAGE: Environment = { "sec-fetch-site": "same-origin" };

/** What signs cookies. */
export function keysOf(...secrets: readonly string[]): readonly Uint8Array[] {
  return secrets.map((secret) => new TextEncoder().encode(secret));
}

export function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}

/** A session of the owner, with these fields instead of the usual ones. */
export function sessionOfOwner(owner: string, fields: Partial<Session> = {}): Session {
  const user = { owner, channel: CHANNEL, name: `${owner}@example.com` };
  return { ...newSession(user, seconds()), ...fields };
}

/** The header `Cookie` of a browser that has this session. */
export async function cookieOf(session: Session, secret = SESSION_SECRET): Promise<Environment> {
  const origin = "http://127.0.0.1:1";
  const header = await sessionCookie(session, origin, keysOf(secret), seconds());
  return { cookie: header.replace(/;.*/, "") };
}
