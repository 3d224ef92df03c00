import type { Owner } from "../auth/user.js";
import { requiredAudience } from "../config.js";
import { ownerPattern } from "../http/schemas.js";
import type { MailLink } from "./mail.js";

export const LINK_PATHS = {
  unsubscribe: "/v1/mail/unsubscribe",
  confirm: "/v1/mail/confirm",
} as const satisfies Record<MailLink, string>;

/** What the link in a mail names: the account, and the secret that only its mail has. */
export interface LinkToken {
  readonly owner: Owner;
  readonly token: string;
}

/**
 * @param origin where the edge was called: on one's own machine its audience is a name and not a URL
 */
export function linkUrl(
  link: MailLink,
  { owner, token }: LinkToken,
  env: Env,
  origin: string,
): string {
  const audience = requiredAudience(env);
  const edge = /^https?:\/\//.test(audience) ? audience.replace(/\/+$/, "") : origin;
  return `${edge}${LINK_PATHS[link]}?token=${owner}.${token}`;
}

/** Undefined: no account ever had such a link. */
export function parseLinkToken(text: string): LinkToken | undefined {
  // Neither part has a dot.
  const [owner = "", token = "", ...rest] = text.split(".");
  return ownerPattern.test(owner) && token !== "" && rest.length === 0
    ? { owner, token }
    : undefined;
}
