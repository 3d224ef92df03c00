import type { z } from "@hono/zod-openapi";
import type { TokenChannel } from "../channels/channel.js";
import type { SignInChannel } from "./provider.js";
import { isSameOrigin } from "./same-origin.js";
import type { sessionSchema } from "./schemas.js";
import { renewalDueAt, renewed, type Session, sessionCookie, sessionOf } from "./session.js";
import { ownOrigin, type SignInSettings } from "./settings.js";
import { signInChannels } from "./sign-in.js";

/** The session of a request of this edge's own pages, and the cookie that renews it if that is due. */
export async function currentSession(
  request: Request,
  env: Env,
  { keys }: SignInSettings,
): Promise<{ readonly current?: Session; readonly cookie?: string }> {
  const origin = ownOrigin(request, env);
  const session = await sessionOf(request, origin, keys);
  if (session === undefined || typeof session === "string" || !isSameOrigin(request, origin)) {
    return {};
  }
  const now = Math.floor(Date.now() / 1_000);
  const longer = renewed(session, now);
  return longer === undefined
    ? { current: session }
    : { current: longer, cookie: await sessionCookie(longer, origin, keys, now) };
}

export function sessionView(
  all: readonly TokenChannel[],
  session: Session | undefined,
): z.input<typeof sessionSchema> {
  const channels = signInChannels(all);
  const isOpen = session !== undefined && channels.some(({ name }) => name === session.channel);
  return {
    channels: channels.map(channelView),
    acceptsTokens: channels.length < all.length,
    ...(isOpen ? { user: userView(session) } : {}),
  };
}

function channelView({
  name,
  issuer,
  signIn,
}: SignInChannel): z.input<typeof sessionSchema>["channels"][number] {
  const { title, cli } = signIn;
  return cli === undefined
    ? { name, title }
    : { name, title, cli: { issuer, clientId: cli.clientId, scopes: [...cli.scopes] } };
}

function userView(session: Session): z.input<typeof sessionSchema>["user"] {
  const { owner, channel, name, expiresAt } = session;
  return {
    owner,
    channel,
    name,
    renewAt: new Date(renewalDueAt(session) * 1_000).toISOString(),
    expiresAt: new Date(expiresAt * 1_000).toISOString(),
  };
}
