import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { type ClientMetadata, Provider } from "oidc-provider";

/** A real OpenID Connect provider (oidc-provider), whose users may be anybody with any password. */
export class TestProvider {
  private constructor(private readonly server: Server) {}

  /** Its address is known before its clients are: those need the edge's, which needs this one. */
  static async start(): Promise<TestProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TestProvider(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async serve(clients: readonly ClientMetadata[]): Promise<void> {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const provider = new Provider(this.url, {
      clients: [...clients],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" }] },
      cookies: { keys: ["of the tests"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"] },
      // Claims of scopes are in the ID token, as at most issuers.
      conformIdTokenClaims: false,
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true }),
      }),
    });
    const handle = provider.callback();
    this.server.on("request", (request, response) => void handle(request, response));
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
