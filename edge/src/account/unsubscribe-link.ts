import type { Owner } from "../auth/user.js";
import { requiredAudience } from "../config.js";
import { ownerPattern } from "../http/schemas.js";

export const UNSUBSCRIBE_PATH = "/v1/mail/unsubscribe";

/** What the link in a mail names: the account, and the secret that only its mail has. */
export interface UnsubscribeLink {
  readonly owner: Owner;
  readonly token: string;
}

/**
 * @param origin where the edge was called: on one's own machine its audience is a name and not a URL
 */
export function unsubscribeUrl(
  { owner, token }: UnsubscribeLink,
  env: Env,
  origin: string,
): string {
  const audience = requiredAudience(env);
  const edge = /^https?:\/\//.test(audience) ? audience.replace(/\/+$/, "") : origin;
  return `${edge}${UNSUBSCRIBE_PATH}?token=${owner}.${token}`;
}

/** Undefined: no account ever had such a link. */
export function parseUnsubscribeToken(text: string): UnsubscribeLink | undefined {
  // Neither part has a dot.
  const [owner = "", token = "", ...rest] = text.split(".");
  return ownerPattern.test(owner) && token !== "" && rest.length === 0
    ? { owner, token }
    : undefined;
}
