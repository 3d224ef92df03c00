import * as oauth from "oauth4webapi";
import type { SignIn, TokenChannel } from "../channels/channel.js";
import { messageOf } from "../log.js";

/** A channel whose users sign in on the page. */
export type SignInChannel = TokenChannel & { readonly signIn: SignIn };

/** What the browser keeps while its user is at the issuer. */
export interface PendingSignIn {
  /** The channel's name. */
  readonly channel: string;
  /** Comes back with the code. */
  readonly state: string;
  /** Comes back in the ID token. */
  readonly nonce: string;
  /** Of PKCE (RFC 7636): without it the code is of no use. */
  readonly verifier: string;
}

/** Why nobody is signed in: `denied` by the user or the issuer, `unavailable` is the issuer. */
export type SignInFault = "denied" | "expired" | "failed" | "unavailable";

/** The sign-in has come to nothing; the page says why. */
export class SignInFailed extends Error {
  override readonly name = "SignInFailed";

  constructor(
    readonly fault: SignInFault,
    reason: unknown,
  ) {
    super(messageOf(reason));
  }
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- only so that it stands out
const ALLOW_HTTP = oauth.allowInsecureRequests;
const TIMEOUT_MS = 5_000;
const MAX_AGE_MS = 10 * 60_000;

interface Entry {
  readonly server: oauth.AuthorizationServer;
  readonly fetchedAt: number;
}

/** By issuer; of this isolate. */
const entries = new Map<string, Entry>();

/** A sign-in that begins, and where the user goes for it. */
export async function begin(
  channel: SignInChannel,
  redirectUri: string,
): Promise<{ readonly pending: PendingSignIn; readonly location: string }> {
  const server = await serverOf(channel);
  const pending = {
    channel: channel.name,
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const url = URL.parse(server.authorization_endpoint ?? "");
  if (url === null) {
    throw new SignInFailed("unavailable", "the issuer has no authorization endpoint");
  }
  const parameters = {
    response_type: "code",
    client_id: channel.audience,
    redirect_uri: redirectUri,
    scope: channel.signIn.scopes.join(" "),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return { pending, location: url.href };
}

/**
 * The ID token for the code with which the issuer has sent the user back. It is the answer to this sign-in
 * (state, issuer, PKCE, nonce); its signature is not verified yet.
 */
export async function idTokenFor(
  answer: URL,
  pending: PendingSignIn,
  channel: SignInChannel,
  redirectUri: string,
  clientSecret: string | undefined,
): Promise<string> {
  const server = await serverOf(channel);
  const client = { client_id: channel.audience };
  const code = validatedAnswer(answer, server, client, pending);
  const response = await unavailableIfItThrows(() =>
    oauth.authorizationCodeGrantRequest(
      server,
      client,
      authenticationOf(server, clientSecret),
      code,
      redirectUri,
      pending.verifier,
      optionsFor(channel),
    ),
  );
  if (response.status >= 500) {
    throw new SignInFailed("unavailable", `the issuer answered ${response.status}`);
  }
  try {
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    });
    return tokens.id_token ?? "";
  } catch (error) {
    throw new SignInFailed("failed", error);
  }
}

function validatedAnswer(
  answer: URL,
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  { state }: PendingSignIn,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(server, client, answer, state);
  } catch (error) {
    const denied =
      error instanceof oauth.AuthorizationResponseError && error.error === "access_denied";
    throw new SignInFailed(denied ? "denied" : "failed", error);
  }
}

/** As the issuer wants it of a client with a secret; Basic unless it says otherwise (RFC 8414). */
function authenticationOf(
  server: oauth.AuthorizationServer,
  clientSecret: string | undefined,
): oauth.ClientAuth {
  if (clientSecret === undefined) {
    return oauth.None();
  }
  const methods = server.token_endpoint_auth_methods_supported;
  return (methods?.includes("client_secret_basic") ?? true)
    ? oauth.ClientSecretBasic(clientSecret)
    : oauth.ClientSecretPost(clientSecret);
}

async function serverOf(channel: SignInChannel): Promise<oauth.AuthorizationServer> {
  const known = entries.get(channel.issuer);
  if (known !== undefined && Date.now() - known.fetchedAt < MAX_AGE_MS) {
    return known.server;
  }
  const issuer = new URL(channel.issuer);
  const server = await unavailableIfItThrows(async () => {
    const response = await oauth.discoveryRequest(issuer, optionsFor(channel));
    return await oauth.processDiscoveryResponse(issuer, response);
  });
  entries.set(channel.issuer, { server, fetchedAt: Date.now() });
  return server;
}

/** Plain http is for an issuer on this machine alone (channel-file.ts). */
function optionsFor({ issuer }: SignInChannel) {
  return { signal: AbortSignal.timeout(TIMEOUT_MS), [ALLOW_HTTP]: issuer.startsWith("http:") };
}

async function unavailableIfItThrows<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new SignInFailed("unavailable", error);
  }
}
