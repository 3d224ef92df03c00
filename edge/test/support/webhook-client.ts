import { strict as assert } from "node:assert";
import { eventually } from "./eventually.js";
import { type Received, Receiver } from "./receiver.js";
import { Stage } from "./stage.js";

export interface NewWebhook {
  readonly webhookId: string;
  readonly secret: string;
}

export type Webhook = Readonly<Record<string, unknown>> & {
  readonly enabled: boolean;
  readonly disabled?: {
    readonly reason: string;
    readonly at: string;
    readonly failingSince: string;
    readonly lastStatus?: number;
  };
};

export interface DeliveryView {
  readonly deliveryId: string;
  readonly type: string;
  readonly taskId?: string;
  readonly status: string;
  readonly nextAttemptAt?: string;
  readonly attempts: readonly {
    readonly at: string;
    readonly durationMs: number;
    readonly status?: number;
    readonly error?: string;
  }[];
}

/** A user of the webhooks' interface. */
export class WebhookClient {
  constructor(private readonly stage: Stage) {}

  async create(url: string, types?: readonly string[]): Promise<NewWebhook> {
    const body = types === undefined ? { url } : { url, types };
    const response = await this.stage.edge.post("/v1/webhooks", body);
    assert.equal(response.status, 201);
    return (await response.json()) as NewWebhook;
  }

  async read(webhookId: string): Promise<Webhook> {
    const response = await this.stage.edge.fetch(`/v1/webhooks/${webhookId}`);
    assert.equal(response.status, 200);
    return (await response.json()) as Webhook;
  }

  async change(webhookId: string, change: object): Promise<Webhook> {
    const response = await this.stage.edge.fetch(`/v1/webhooks/${webhookId}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as Webhook;
  }

  async remove(webhookId: string): Promise<void> {
    const path = `/v1/webhooks/${webhookId}`;
    assert.equal((await this.stage.edge.fetch(path, { method: "DELETE" })).status, 204);
  }

  async rotate(webhookId: string): Promise<string> {
    const response = await this.#post(webhookId, "secret");
    assert.equal(response.status, 200);
    return ((await response.json()) as NewWebhook).secret;
  }

  /** Sends a test event; answers its id. */
  async test(webhookId: string): Promise<string> {
    const response = await this.#post(webhookId, "test");
    assert.equal(response.status, 202);
    return ((await response.json()) as DeliveryView).deliveryId;
  }

  resend(webhookId: string, deliveryId: string): Promise<Response> {
    return this.#post(webhookId, `deliveries/${deliveryId}/resend`);
  }

  recover(webhookId: string, since: Date): Promise<Response> {
    const body = { since: since.toISOString() };
    return this.stage.edge.post(`/v1/webhooks/${webhookId}/recover`, body);
  }

  /** Newest first. */
  async deliveries(webhookId: string, query = ""): Promise<DeliveryView[]> {
    const path = `/v1/webhooks/${webhookId}/deliveries${query}`;
    const response = await this.stage.edge.fetch(path);
    assert.equal(response.status, 200);
    return ((await response.json()) as { items: DeliveryView[] }).items;
  }

  deliveriesWhen(
    webhookId: string,
    wanted: (deliveries: readonly DeliveryView[]) => boolean,
  ): Promise<DeliveryView[]> {
    return eventually("the wanted deliveries", async () => {
      const deliveries = await this.deliveries(webhookId);
      return wanted(deliveries) && deliveries;
    });
  }

  receivedAt(receiver: Receiver, path: string, count: number): Promise<Received[]> {
    return eventually(`${count} requests at ${path}`, () => {
      const received = receiver.at(path);
      return received.length >= count && received;
    });
  }

  #post(webhookId: string, path: string): Promise<Response> {
    return this.stage.edge.fetch(`/v1/webhooks/${webhookId}/${path}`, { method: "POST" });
  }
}

/** Runs with an edge that may send to the receiver, and whose durations are divided. */
export async function onWebhookStage(
  scale: number,
  work: (receiver: Receiver, stage: Stage, client: WebhookClient) => Promise<void>,
): Promise<void> {
  const receiver = await Receiver.start();
  const environment = { IN_FETCH_ALLOW: receiver.host, IN_TIME_SCALE: String(scale) };
  const stage = await Stage.start(environment);
  try {
    await work(receiver, stage, new WebhookClient(stage));
  } finally {
    await stage.stop();
    await receiver.stop();
  }
}

/** A task that has completed, so that there is an event to deliver; answers its id. */
export async function complete(stage: Stage): Promise<string> {
  const taskId = await stage.submit();
  assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
  return taskId;
}
