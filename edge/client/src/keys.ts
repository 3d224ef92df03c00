import type { Key, KeyRequest, NewKey } from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

/** The owner's API keys. */
export class Keys {
  constructor(private readonly transport: Transport) {}

  /** The key is in this answer only. */
  create(body: KeyRequest, options?: CallOptions): Promise<NewKey> {
    return this.transport.call("POST /v1/keys", { body }, options);
  }

  async list(options?: CallOptions): Promise<readonly Key[]> {
    return (await this.transport.call("GET /v1/keys", {}, options)).items;
  }

  /** From then on it authenticates nobody. */
  async delete(keyId: string, options?: CallOptions): Promise<void> {
    await this.transport.call("DELETE /v1/keys/{keyId}", { path: { keyId } }, options);
  }
}
