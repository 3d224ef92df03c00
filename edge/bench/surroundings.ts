import { generateKeyPairSync } from "node:crypto";
import { usersOf } from "../test/support/channels.js";
import { TestIssuer } from "../test/support/issuer.js";
import { json, TestServer } from "../test/support/server.js";
import type { Environment } from "./workerd.js";

const AUDIENCE = "in-bench";

/** What an edge needs around it: an issuer of users' tokens, and a Pub/Sub that takes everything. */
export class Surroundings {
  readonly #tokens = new Map<string, string>();

  private constructor(
    private readonly users: TestIssuer,
    private readonly pubSub: TestServer,
  ) {}

  static async start(): Promise<Surroundings> {
    const pubSub = await TestServer.start((_request, _body, response) =>
      json(response, 200, { messageIds: ["1"] }),
    );
    return new Surroundings(await TestIssuer.start(), pubSub);
  }

  /** @param limits of each user */
  environment(mode: "none" | "oidc", limits: object = {}): Environment {
    return {
      ...(mode === "oidc" ? usersOf(this.users.url, AUDIENCE, limits) : { AUTH_MODE: mode }),
      IN_EDGE_AUDIENCE: "https://edge.example",
      IN_SYNC_SERVICE_ACCOUNT: "sync@in-local.iam.gserviceaccount.com",
      PUBSUB_ENDPOINT: this.pubSub.url,
      STORAGE_ENDPOINT: "http://127.0.0.1:9",
      GCP_PROJECT: "in-local",
      IMAGES_BUCKET: "in-local-images",
      PUBLISHER_KEY: key(),
      UPLOADER_KEY: key(),
    };
  }

  /** The header by which a user is known. */
  async authorization(sub: string): Promise<{ readonly authorization: string }> {
    const token = this.#tokens.get(sub) ?? (await this.users.token({ aud: AUDIENCE, sub }));
    this.#tokens.set(sub, token);
    return { authorization: `Bearer ${token}` };
  }

  async stop(): Promise<void> {
    await this.users.stop();
    await this.pubSub.stop();
  }
}

function key(): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return JSON.stringify({
    type: "service_account",
    client_email: "bench@in-local.iam.gserviceaccount.com",
    private_key_id: "bench",
    private_key: privateKey,
  });
}
