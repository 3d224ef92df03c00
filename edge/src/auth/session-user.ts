import type { TokenAuth } from "../config.js";
import { Problem } from "../http/problem.js";
import { isSameOrigin } from "../session/same-origin.js";
import { type Session, sessionOf } from "../session/session.js";
import type { SignatureFault } from "../session/signed-cookie.js";
import { ownOrigin } from "../session/settings.js";
import { tokenRequired } from "./bearer.js";
import type { User } from "./user.js";

/** The user whose session the request's cookie is, or 401. */
export async function sessionUser(request: Request, env: Env, auth: TokenAuth): Promise<User> {
  if (auth.signIn === undefined) {
    return tokenRequired();
  }
  const origin = ownOrigin(request, env);
  const session = await sessionOf(request, origin, auth.signIn.keys);
  if (session === undefined) {
    return tokenRequired();
  }
  if (!isSameOrigin(request, origin)) {
    throw signInRequired("a session counts only in requests of this edge's own pages");
  }
  if (typeof session === "string") {
    throw signInRequired(FAULTS[session]);
  }
  return userOfSession(session, auth);
}

const FAULTS: Readonly<Record<SignatureFault, string>> = {
  expired: "the session has expired",
  forged: "the session is not valid here",
};

function userOfSession(session: Session, auth: TokenAuth): User {
  const channel = auth.channels.find(({ name }) => name === session.channel);
  if (channel?.signIn === undefined) {
    throw signInRequired("the session's channel does not offer sign-in any more");
  }
  const { owner, verifiedEmail } = session;
  const user = { owner, channel, scopes: channel.rights };
  return verifiedEmail === undefined ? user : { ...user, verifiedEmail };
}

function signInRequired(detail: string): Problem {
  return new Problem("unauthorized", detail, { "www-authenticate": "Bearer" });
}
