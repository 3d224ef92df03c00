import { SCOPES, type Scope } from "../auth/scopes.js";
import type { Priority } from "../events/routing.js";
import type { OwnerLimits } from "../limits/owner-limits.js";
import type { ChannelLimits } from "../limits/pools.js";

/** What a partner's users may do. */
export interface Channel {
  /** The value of the attribute `channel`; part of who an owner is, so it never changes. */
  readonly name: string;
  readonly rights: readonly Scope[];
  readonly limits: OwnerLimits & {
    /** How many live API keys an owner may have. */
    readonly apiKeys: number;
    /** How many tasks of an owner are processed at a time; what is above waits. */
    readonly tasksInFlight: number;
    /** Of all its users together. */
    readonly channel?: ChannelLimits;
  };
  /** What the analyses of its users' tasks may cost. Beyond it tasks are carried out without their analysis. */
  readonly budget?: { readonly unitsPerDay: number };
  /** Of tasks that are submitted without a priority. */
  readonly defaultPriority: Priority;
}

/** A channel whose users bring ID tokens of this issuer, made for this audience. */
export interface TokenChannel extends Channel {
  readonly issuer: string;
  /** The client id under which the partner's issuer knows this edge. */
  readonly audience: string;
  readonly claims: Claims;
  /** How its users sign in on the page; left out: they bring their tokens. */
  readonly signIn?: SignIn;
}

/** Sign-in at the channel's issuer, by authorization code, for the client that is its audience. */
export interface SignIn {
  /** What the page calls the channel. */
  readonly title: string;
  /** What is asked of the issuer: `openid`, and what brings the claims. */
  readonly scopes: readonly string[];
  /** Whether the client has a secret, which is in CLIENT_SECRETS; PKCE protects it in any case. */
  readonly confidential: boolean;
  /** How its users sign in on the command line; left out: they do not. */
  readonly cli?: CliSignIn;
}

/** Sign-in by programs on the users' own machines (RFC 8252): a public client, which has no secret. */
export interface CliSignIn {
  /** At the channel's issuer; its ID tokens count as those for the channel's audience. */
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** The names of the claims that say who a user is. */
export interface Claims {
  /** Identifies the user at the issuer, and never changes. */
  readonly subject: string;
  readonly email: string;
  /** A boolean: whether the issuer has verified that address. */
  readonly emailVerified: string;
}

/** For whom the ID tokens of the channel's users may be made: the clients by which they sign in. */
export function audiencesOf({ audience, signIn }: TokenChannel): readonly string[] {
  return signIn?.cli === undefined ? [audience] : [audience, signIn.cli.clientId];
}

export const DEFAULT_API_KEYS = 20;
/** Of which the chain, scaled out, carries out about eighty in a second. */
export const DEFAULT_TASKS_IN_FLIGHT = 1_000;

/** Without authentication (`AUTH_MODE=none`) everybody comes through this one: nothing is refused. */
export const LOCAL_CHANNEL: Channel = {
  name: "local",
  rights: SCOPES,
  limits: { apiKeys: DEFAULT_API_KEYS, tasksInFlight: DEFAULT_TASKS_IN_FLIGHT },
  defaultPriority: "normal",
};
