import type {
  NewWebhook,
  Operations,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookRequest,
  WebhookSecret,
} from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

type DeliveriesOf = Operations["GET /v1/webhooks/{webhookId}/deliveries"];

/** The endpoints to which events are sent. See `verifyWebhook` for their side. */
export class Webhooks {
  constructor(private readonly transport: Transport) {}

  /** The secret is in this answer only. */
  create(body: WebhookRequest, options?: CallOptions): Promise<NewWebhook> {
    return this.transport.call("POST /v1/webhooks", { body }, options);
  }

  async list(options?: CallOptions): Promise<readonly Webhook[]> {
    return (await this.transport.call("GET /v1/webhooks", {}, options)).items;
  }

  get(webhookId: string, options?: CallOptions): Promise<Webhook> {
    return this.transport.call("GET /v1/webhooks/{webhookId}", { path: { webhookId } }, options);
  }

  change(webhookId: string, body: WebhookChange, options?: CallOptions): Promise<Webhook> {
    const input = { path: { webhookId }, body };
    return this.transport.call("PATCH /v1/webhooks/{webhookId}", input, options);
  }

  async delete(webhookId: string, options?: CallOptions): Promise<void> {
    const input = { path: { webhookId } };
    await this.transport.call("DELETE /v1/webhooks/{webhookId}", input, options);
  }

  /** For a day the old secret signs, too. */
  rotateSecret(webhookId: string, options?: CallOptions): Promise<WebhookSecret> {
    const input = { path: { webhookId } };
    return this.transport.call("POST /v1/webhooks/{webhookId}/secret", input, options);
  }

  /** Sends a `webhook.test` event. */
  test(webhookId: string, options?: CallOptions): Promise<WebhookDelivery> {
    const input = { path: { webhookId } };
    return this.transport.call("POST /v1/webhooks/{webhookId}/test", input, options);
  }

  /** Newest first. */
  deliveries(
    webhookId: string,
    query: NonNullable<DeliveriesOf["input"]["query"]> = {},
    options?: CallOptions,
  ): Promise<DeliveriesOf["output"]> {
    const input = { path: { webhookId }, query };
    return this.transport.call("GET /v1/webhooks/{webhookId}/deliveries", input, options);
  }

  /** Sends an event again, whatever became of it. */
  resend(webhookId: string, deliveryId: string, options?: CallOptions): Promise<WebhookDelivery> {
    const name = "POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend";
    return this.transport.call(name, { path: { webhookId, deliveryId } }, options);
  }

  /** Sends everything again that was created since and has failed. */
  recover(
    webhookId: string,
    since: Date,
    options?: CallOptions,
  ): Promise<Operations["POST /v1/webhooks/{webhookId}/recover"]["output"]> {
    const input = { path: { webhookId }, body: { since: since.toISOString() } };
    return this.transport.call("POST /v1/webhooks/{webhookId}/recover", input, options);
  }
}
