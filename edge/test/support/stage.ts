import { strict as assert } from "node:assert";
import { generateKeyPairSync } from "node:crypto";
import type { JWTPayload } from "jose";
import { Edge, type Environment } from "./edge.js";
import { eventually } from "./eventually.js";
import { TestIssuer } from "./issuer.js";
import { type Published, TestPubSub } from "./pubsub.js";

export const SYNC = "sync@in-local.iam.gserviceaccount.com";
export const OPERATOR = "operator@in-local.iam.gserviceaccount.com";
export const AUDIENCE = "https://edge.example";
export const IMAGE = { imageUrl: "https://images.example/a.jpg" };

export interface ServiceAccount {
  readonly email: string;
  readonly publicKey: string;
  readonly json: string;
}

export const publisher = serviceAccount("publisher");
export const uploader = serviceAccount("uploader");

/** The body of GET /v1/tasks/{taskId}. */
export type View = Readonly<Record<string, unknown>> & { readonly status: string };

/** An edge with a Pub/Sub and an issuer around it, all on 127.0.0.1. */
export class Stage {
  private constructor(
    public edge: Edge,
    readonly environment: Environment,
    readonly pubSub: TestPubSub,
    readonly issuer: TestIssuer,
  ) {}

  /** @param overrides settings that differ; an empty one is unset */
  static async start(overrides: Environment = {}): Promise<Stage> {
    const pubSub = await TestPubSub.start();
    const issuer = await TestIssuer.start();
    const environment = {
      AUTH_MODE: "none",
      IN_OIDC_ISSUER: issuer.url,
      IN_EDGE_AUDIENCE: AUDIENCE,
      IN_SYNC_SERVICE_ACCOUNT: SYNC,
      IN_OPERATOR_SERVICE_ACCOUNT: OPERATOR,
      IN_NOTIFICATION_SERVICE_ACCOUNT: "notification@in-local.iam.gserviceaccount.com",
      IN_TAG_INDEXER_SERVICE_ACCOUNT: "tag-indexer@in-local.iam.gserviceaccount.com",
      PUBSUB_ENDPOINT: pubSub.url,
      STORAGE_ENDPOINT: "http://127.0.0.1:4443",
      GCP_PROJECT: "in-local",
      IMAGES_BUCKET: "in-local-images",
      PUBLISHER_KEY: publisher.json,
      UPLOADER_KEY: uploader.json,
      ...overrides,
    };
    return new Stage(await Edge.start(environment), environment, pubSub, issuer);
  }

  async stop(): Promise<void> {
    await this.edge.stop();
    await this.pubSub.stop();
    await this.issuer.stop();
  }

  /**
   * As after a crash of the machine: killed, and started again on the same disk.
   *
   * @param overrides settings that differ from now on, until the next restart
   * @param config of another version, see `variant`
   */
  async restartAfterKill(overrides: Environment = {}, config?: string): Promise<void> {
    await this.edge.kill();
    this.edge = await Edge.start({ ...this.environment, ...overrides }, this.edge.disk, config);
  }

  /** Submits and answers the new task's id. */
  async submit(body: unknown = IMAGE, headers: Environment = {}): Promise<string> {
    const response = await this.edge.post("/v1/tasks", body, headers);
    assert.equal(response.status, 202);
    return ((await response.json()) as { taskId: string }).taskId;
  }

  async view(taskId: string, headers: Environment = {}): Promise<View> {
    const response = await this.edge.fetch(`/v1/tasks/${taskId}`, { headers });
    assert.equal(response.status, 200);
    return (await response.json()) as View;
  }

  /** Waits until the task's view is as wanted. */
  async viewWhen(taskId: string, wanted: (view: View) => boolean): Promise<View> {
    return await eventually("the wanted view", async () => {
      const view = await this.view(taskId);
      return wanted(view) && view;
    });
  }

  /** Submits and waits until the first message is published. */
  async submitAndPublish(body: unknown = IMAGE): Promise<string> {
    const taskId = await this.submit(body);
    await this.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    return taskId;
  }

  /** A valid token of sync, with these claims in place of the usual ones. */
  syncToken(claims: JWTPayload = {}): Promise<string> {
    return this.issuer.token({ aud: AUDIENCE, email: SYNC, email_verified: true, ...claims });
  }

  /** Sends a status update as sync does; answers the response's status. */
  async putStatus(taskId: string, update: object): Promise<number> {
    const response = await this.put(taskId, statusBody(update), await this.syncToken());
    return response.status;
  }

  /** Sends a command as an operator does. */
  async command(taskId: string, command: string, operationId: string): Promise<Response> {
    const token = await this.syncToken({ email: OPERATOR });
    const headers = { authorization: `Bearer ${token}` };
    const path = `/internal/v1/tasks/${taskId}/commands`;
    return await this.edge.post(path, { command, operationId }, headers);
  }

  /** The messages about the task on that topic, once there are so many. */
  publishedOn(topic: string, taskId: string, count = 1): Promise<Published[]> {
    return eventually(`${count} messages on ${topic}`, () => {
      const messages = this.pubSub.of(taskId).filter(({ path }) => path.includes(`/${topic}:`));
      return messages.length >= count && messages;
    });
  }

  put(taskId: string, body: unknown, token?: string, headers: Environment = {}): Promise<Response> {
    return this.edge.fetch(`/internal/v1/tasks/${taskId}/status`, {
      method: "PUT",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }
}

/** A valid status update, with these fields instead. */
export function statusBody(update: object): object {
  return {
    eventId: "272def0c-526d-5cf6-8685-0ea756495d32",
    run: 1,
    status: "processing_in_gcp",
    timestamp: 1_790_000_000_000,
    traceId: "0af7651916cd43dd8448eb211c80319c",
    ...update,
  };
}

/** Checks a refusal: status, media type, and the machine-readable code. */
export async function assertProblem(
  response: Response,
  status: number,
  code: string,
  detail?: RegExp,
): Promise<void> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const problem = JSON.parse(text) as Record<string, unknown>;
  assert.equal(problem["status"], status);
  assert.equal(problem["code"], code);
  assert.equal(problem["type"], `urn:in:problem:${code}`);
  assert.equal(typeof problem["title"], "string");
  assert.match(String(problem["detail"]), detail ?? /./);
}

function serviceAccount(name: string): ServiceAccount {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const email = `${name}@in-local.iam.gserviceaccount.com`;
  const json = JSON.stringify({
    type: "service_account",
    client_email: email,
    private_key_id: `${name}-key`,
    private_key: privateKey,
  });
  return { email, publicKey, json };
}
