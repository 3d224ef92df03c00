import { z } from "@hono/zod-openapi";
import { parse } from "hono/utils/cookie";
import { userOfClaims, verifyIdToken } from "../auth/token-user.js";
import type { TokenChannel } from "../channels/channel.js";
import { Problem } from "../http/problem.js";
import { begin, idTokenFor, type SignInChannel, SignInFailed } from "./provider.js";
import type { SignedInUser } from "./session.js";
import type { SignInSettings } from "./settings.js";
import { cookieName, setCookie, sign, verify } from "./signed-cookie.js";

/** For a user who has to find a password. */
const LIFETIME_S = 600;
/** Sign-ins that a browser may have begun at a time; all requests to this edge bring their cookies along. */
const MAX_PENDING = 4;
/** Of a state, as `oauth4webapi` makes it. */
const STATE = /^[\w-]{43}$/;
const ID_LENGTH = 16;

const pendingSchema = z.object({
  channel: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});

/** The channels whose users sign in on the page. */
export function signInChannels(channels: readonly TokenChannel[]): readonly SignInChannel[] {
  return channels.filter((channel): channel is SignInChannel => channel.signIn !== undefined);
}

/** Where the user goes to sign in, and the cookies by which this edge knows them when they return. */
export async function beginSignIn(
  request: Request,
  channel: SignInChannel,
  origin: string,
  { keys }: SignInSettings,
  now: number,
): Promise<{ readonly location: string; readonly cookies: readonly string[] }> {
  const { pending, location } = await begin(channel, redirectUri(channel, origin));
  const text = await sign("sign-in", { ...pending }, now + LIFETIME_S, keys);
  const cookie = setCookie(cookieOf(pending.state), text, LIFETIME_S, origin);
  return { location, cookies: [cookie, ...surplusRemoved(request, origin)] };
}

/** Removes the cookie of the sign-in that the request answers: it is good for one answer. */
export function noSignInCookie(request: Request, origin: string): readonly string[] {
  const state = answeredState(request);
  return state === undefined ? [] : [setCookie(cookieOf(state), "", 0, origin)];
}

/**
 * Who has signed in.
 *
 * @param request with the issuer's answer
 * @param answering the name of the channel to whose redirect URI the answer came
 * @throws SignInFailed if the answer is not to a sign-in that this browser has begun, or is bad
 */
export async function finishSignIn(
  request: Request,
  answering: string,
  origin: string,
  channels: readonly TokenChannel[],
  { keys, clientSecrets }: SignInSettings,
): Promise<SignedInUser> {
  const pending = await pendingOf(request, origin, keys);
  if (pending.channel !== answering) {
    throw new SignInFailed("failed", `${answering} answers a sign-in at ${pending.channel}`);
  }
  const channel = signInChannels(channels).find(({ name }) => name === pending.channel);
  if (channel === undefined) {
    throw new SignInFailed("expired", `the channel ${pending.channel} does not offer sign-in`);
  }
  const token = await idTokenFor(
    new URL(request.url),
    pending,
    channel,
    redirectUri(channel, origin),
    clientSecrets.get(channel.name),
  );
  try {
    const claims = await verifyIdToken(token, channel);
    const { owner, verifiedEmail } = await userOfClaims(claims, channel);
    const name = String(claims[channel.claims.email] ?? claims[channel.claims.subject]);
    const user = { owner, channel: channel.name, name };
    return verifiedEmail === undefined ? user : { ...user, verifiedEmail };
  } catch (error) {
    if (error instanceof Problem) {
      throw new SignInFailed(error.code === "unavailable" ? "unavailable" : "failed", error);
    }
    throw error;
  }
}

/**
 * Each channel has its own (RFC 9700, 4.4): an issuer that sends its users on to another's could
 * otherwise have that one's code.
 */
function redirectUri({ name }: SignInChannel, origin: string): string {
  return `${origin}/v1/session/callback/${name}`;
}

/** Each sign-in has its own: one in another window does not disturb it. */
function cookieOf(state: string): `sign-in-${string}` {
  return `sign-in-${state.slice(0, ID_LENGTH)}`;
}

/** Browsers send older cookies first (RFC 6265, 5.4). */
function surplusRemoved(request: Request, origin: string): readonly string[] {
  const prefix = cookieName("sign-in-", origin);
  return Object.keys(parse(request.headers.get("cookie") ?? ""))
    .filter((name) => name.startsWith(prefix))
    .slice(0, 1 - MAX_PENDING)
    .map((name) => setCookie(`sign-in-${name.slice(prefix.length)}`, "", 0, origin));
}

/** The state in the issuer's answer, if it can be one of ours. */
function answeredState(request: Request): string | undefined {
  const state = new URL(request.url).searchParams.get("state") ?? "";
  return STATE.test(state) ? state : undefined;
}

async function pendingOf(
  request: Request,
  origin: string,
  keys: readonly Uint8Array[],
): Promise<z.output<typeof pendingSchema>> {
  const state = answeredState(request);
  const name = state === undefined ? "" : cookieName(cookieOf(state), origin);
  const text = parse(request.headers.get("cookie") ?? "")[name] ?? "";
  const claims = await verify("sign-in", text, keys);
  const { success, data } = pendingSchema.safeParse(claims);
  if (!success) {
    throw new SignInFailed("expired", "the browser has begun no sign-in, or too long ago");
  }
  return data;
}
