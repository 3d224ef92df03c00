import type { Account as AccountView, AccountChange, WebhookSecret } from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

/** The owner's account. */
export class Account {
  constructor(private readonly transport: Transport) {}

  get(options?: CallOptions): Promise<AccountView> {
    return this.transport.call("GET /v1/account", {}, options);
  }

  change(body: AccountChange, options?: CallOptions): Promise<AccountView> {
    return this.transport.call("PATCH /v1/account", { body }, options);
  }

  /** What signs the webhooks of single tasks. */
  webhookSecret(options?: CallOptions): Promise<WebhookSecret> {
    return this.transport.call("GET /v1/account/webhook-secret", {}, options);
  }

  /** For a day the old secret signs, too. */
  rotateWebhookSecret(options?: CallOptions): Promise<WebhookSecret> {
    return this.transport.call("POST /v1/account/webhook-secret", {}, options);
  }
}
