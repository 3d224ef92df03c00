import { z } from "@hono/zod-openapi";
import { parse } from "hono/utils/cookie";
import { cookieName, setCookie, sign, type SignatureFault, verify } from "./signed-cookie.js";

/** Somebody who has signed in on the page. */
export interface SignedInUser {
  readonly owner: string;
  /** The channel's name. */
  readonly channel: string;
  /** What the page calls the user. */
  readonly name: string;
  /** As the issuer has verified it. */
  readonly verifiedEmail?: string;
}

/** For how long they need not sign in again. Times are seconds since 1970. */
export interface Session extends SignedInUser {
  readonly signedInAt: number;
  readonly expiresAt: number;
}

const LIFETIME_S = 3_600;
/** However much it is used, the user signs in again after that. */
const MAX_LIFETIME_S = 12 * LIFETIME_S;
/**
 * A browser keeps no cookie of more than 4,096 bytes, and issuers' claims may be of any length. Each of these
 * characters takes 8 bytes at most: 6 in JSON, of which base64 makes 8.
 */
const MAX_NAME_LENGTH = 128;
/** Of e-mail addresses (RFC 5321). */
const MAX_EMAIL_LENGTH = 254;

const claimsSchema = z.object({
  sub: z.string(),
  channel: z.string(),
  name: z.string(),
  verifiedEmail: z.string().exactOptional(),
  signedInAt: z.int(),
  exp: z.int(),
});

export function newSession(
  { owner, channel, name, verifiedEmail = "" }: SignedInUser,
  now: number,
): Session {
  return {
    owner,
    channel,
    // Not the first half of a character.
    name: name.slice(0, MAX_NAME_LENGTH).replace(/\p{Surrogate}$/u, ""),
    ...(verifiedEmail === "" || verifiedEmail.length > MAX_EMAIL_LENGTH ? {} : { verifiedEmail }),
    signedInAt: now,
    expiresAt: now + LIFETIME_S,
  };
}

/** When a session that is in use should be renewed: half of its time is over. */
export function renewalDueAt({ expiresAt }: Session): number {
  return expiresAt - LIFETIME_S / 2;
}

/** The session with its time begun anew; undefined: it is not due, or lasts no longer. */
export function renewed(session: Session, now: number): Session | undefined {
  const expiresAt = Math.min(now + LIFETIME_S, session.signedInAt + MAX_LIFETIME_S);
  return now >= renewalDueAt(session) && expiresAt > session.expiresAt
    ? { ...session, expiresAt }
    : undefined;
}

/** The `Set-Cookie` that keeps the session in the browser. */
export async function sessionCookie(
  session: Session,
  origin: string,
  keys: readonly Uint8Array[],
  now: number,
): Promise<string> {
  const { owner, expiresAt, ...claims } = session;
  const text = await sign("session", { sub: owner, ...claims }, expiresAt, keys);
  return setCookie("session", text, expiresAt - now, origin);
}

export function noSessionCookie(origin: string): string {
  return setCookie("session", "", 0, origin);
}

/** The session of the request's cookie, wherever the request comes from; undefined: it has none. */
export async function sessionOf(
  request: Request,
  origin: string,
  keys: readonly Uint8Array[],
): Promise<Session | SignatureFault | undefined> {
  const name = cookieName("session", origin);
  const text = parse(request.headers.get("cookie") ?? "", name)[name];
  if (text === undefined || text === "") {
    return undefined;
  }
  const claims = await verify("session", text, keys);
  if (typeof claims === "string") {
    return claims;
  }
  const { success, data } = claimsSchema.safeParse(claims);
  if (!success) {
    return "forged";
  }
  const { sub, exp, ...session } = data;
  return { ...session, owner: sub, expiresAt: exp };
}
