import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { json, TestServer } from "./server.js";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: Readonly<Record<string, string>>;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

/** An OpenID Connect issuer with real keys: discovery, JWKS, tokens, and a token endpoint. */
export class TestIssuer {
  #keyId = 1;
  /** How many times the key set was read. */
  keySetReads = 0;
  /** Answers 503 while true. */
  down = false;
  /** What the token endpoint was asked, the latest last. */
  readonly tokenRequests: TokenRequest[] = [];
  /** What the token endpoint answers. */
  tokenAnswer: TokenAnswer = { status: 400, body: { error: "invalid_grant" } };

  private constructor(
    private readonly server: TestServer,
    private keys: KeyPair,
  ) {}

  static async start(): Promise<TestIssuer> {
    const keys = await generateKeyPair("RS256");
    const server = await TestServer.start((request, body, response) => {
      if (issuer.down) {
        json(response, 503, {});
      } else if (request.url === "/.well-known/openid-configuration") {
        json(response, 200, issuer.metadata());
      } else if (request.url === "/token") {
        const form = Object.fromEntries(new URLSearchParams(body.toString()));
        issuer.tokenRequests.push({ authorization: request.headers.authorization, form });
        json(response, issuer.tokenAnswer.status, issuer.tokenAnswer.body);
      } else {
        issuer.keySetReads++;
        void issuer.keySet().then((keySet) => json(response, 200, keySet));
      }
    });
    const issuer: TestIssuer = new TestIssuer(server, keys);
    return issuer;
  }

  get url(): string {
    return this.server.url;
  }

  get keyId(): string {
    return `key-${this.#keyId}`;
  }

  /** From now on another key signs, and only that is served. */
  async rotate(): Promise<void> {
    this.keys = await generateKeyPair("RS256");
    this.#keyId++;
  }

  /** An ID token of an hour, with these claims beside or instead of the usual ones. */
  async token(claims: JWTPayload, signer: KeyPair = this.keys): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return await new SignJWT({ iss: this.url, iat: now, exp: now + 3600, ...claims })
      .setProtectedHeader({ alg: "RS256", kid: this.keyId })
      .sign(signer.privateKey);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private metadata(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/keys`,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      authorization_response_iss_parameter_supported: true,
    };
  }

  private async keySet(): Promise<object> {
    const key = await exportJWK(this.keys.publicKey);
    return { keys: [{ ...key, kid: this.keyId, alg: "RS256", use: "sig" }] };
  }
}
