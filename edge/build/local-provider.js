// A real OpenID Connect provider for `./in up --sign-in`, whose users need no password:
//
//     IN_LOCAL_PROVIDER='{"users": [NAME, ...], "clients": [METADATA, ...]}' node build/local-provider.js PORT
//
// Needs the development packages. Keeps nothing: after a restart, what it has signed before is not valid any more.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

/** @typedef {{ users: string[], clients: import("oidc-provider").ClientMetadata[] }} Settings */

const { users, clients } = /** @type {Settings} */ (
  JSON.parse(process.env["IN_LOCAL_PROVIDER"] ?? "{}")
);

const SIGN_IN = "/sign-in/";

const server = createServer();
await /** @type {Promise<void>} */ (
  new Promise((resolve) => server.listen(Number(process.argv[2]), "127.0.0.1", resolve))
);
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const host = `127.0.0.1:${port}`;

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const provider = new Provider(`http://${host}`, {
  clients,
  jwks: {
    keys: [{ ...(await exportJWK(privateKey)), kid: randomUUID(), alg: "RS256", use: "sig" }],
  },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  // Claims of scopes are in the ID token, as at most issuers.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => SIGN_IN + uid },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true }),
  }),
});
const protocol = provider.callback();
server.on("request", (request, response) => void answer(request, response));
console.log(JSON.stringify({ event: "listen", port }));

/**
 * @param {Request} request
 * @param {Response} response
 */
async function answer(request, response) {
  // Against DNS rebinding: the name of another site may have this address.
  if (request.headers.host !== host) {
    response.writeHead(421).end();
  } else if (request.url?.startsWith(SIGN_IN) === true) {
    await signIn(request, response);
  } else {
    await protocol(request, response);
  }
}

/**
 * Asks who the user is, with their consent to what the client wants.
 *
 * @param {Request} request
 * @param {Response} response
 */
async function signIn(request, response) {
  try {
    const { params } = await provider.interactionDetails(request, response);
    const form = new URLSearchParams(request.method === "POST" ? await text(request) : "");
    const user = users.find((name) => name === form.get("user"));
    if (user === undefined) {
      showUsers(response);
      return;
    }
    const grant = new provider.Grant({ accountId: user, clientId: String(params["client_id"]) });
    grant.addOIDCScope(String(params["scope"]));
    const result = { login: { accountId: user }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result);
  } catch (error) {
    console.error(error);
    response.writeHead(400, { "content-type": "text/plain" });
    response.end("This sign-in is over. Begin another.");
  }
}

/** @param {Response} response */
function showUsers(response) {
  const buttons = users.map((name) => `<button name="user" value="${name}">${name}</button>`);
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
  response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sign in</title>
<h1>Who are you?</h1>
<p>The users of this local stack need no password.</p>
<form method="post">${buttons.join(" ")}</form>
</html>
`);
}
