import type { PubSubSettings } from "../config.js";
import { base64 } from "../encoding.js";
import { selfSignedJwt } from "../google/service-account.js";
import type { Message } from "./message.js";

const AUDIENCE = "https://pubsub.googleapis.com/";
const TIMEOUT_MS = 10_000;

/** Publishes over Pub/Sub's REST interface; whatever is not a 200 throws. */
export class Publisher {
  constructor(private readonly settings: PubSubSettings) {}

  async publish(topic: string, message: Message): Promise<void> {
    const { endpoint, project, key } = this.settings;
    const url = new URL(`/v1/projects/${project}/topics/${topic}:publish`, endpoint);
    const response = await fetch(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await selfSignedJwt(key, AUDIENCE)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        messages: [
          {
            data: base64(new TextEncoder().encode(message.body)),
            attributes: message.attributes,
          },
        ],
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`Pub/Sub answered ${response.status}: ${answer.slice(0, 200)}`);
    }
  }
}
