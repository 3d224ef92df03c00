import type { Secrets } from "./secrets.js";

/** An endpoint as its account sees it; every call of the account to a WebhookDO carries it whole. */
export interface Endpoint {
  readonly webhookId: string;
  readonly owner: string;
  readonly url: string;
  /** Undefined: a task's own endpoint, which signs with its account's default secret. */
  readonly secrets?: Secrets;
  readonly enabled: boolean;
  /** Grows with every change of the above. */
  readonly version: number;
}

/** Reaches every endpoint, whatever it asked for: nothing of a deleted task stays among its deliveries. */
export const TASK_DELETED = "task.deleted";

/** Something to be delivered: an entry of the account's feed, ready to be sent. */
export interface WebhookMessage {
  /** The value of `webhook-id` and the CloudEvent's id: the same at every endpoint and in every attempt. */
  readonly id: string;
  /** Its place in the account's feed. */
  readonly seq: number;
  readonly type: string;
  readonly taskId?: string;
  readonly body: string;
  /** It is not to be sent: the endpoint did not ask for it, and learns only which task was deleted. */
  readonly unwanted?: true;
}

/** Why an endpoint was disabled by what it answered. */
export type DisableReason =
  /** It answered 410 Gone. */
  | "gone"
  /** Every attempt of five days failed. */
  | "failing";

/** What an endpoint's account is to know of it. */
export interface Disabled {
  readonly reason: DisableReason;
  readonly at: number;
  readonly failingSince: number;
  /** The last answer's status; undefined: there was no answer. */
  readonly lastStatus?: number;
}

/** What a WebhookDO keeps of its endpoint between attempts. Times are milliseconds since 1970. */
export interface EndpointState {
  readonly endpoint: Endpoint;
  /** The highest `seq` that was accepted: what comes again is known. */
  readonly lastSeq: number;
  /** Nothing is sent before: the endpoint asked for a pause. */
  readonly pausedUntil?: number;
  /** Since when every attempt has failed, and the last that did. */
  readonly failing?: { readonly since: number; readonly last: number };
  readonly disabled?: Disabled;
  /** Whether the account still has to be notified of `disabled`, and when. */
  readonly report?: { readonly dueAt: number; readonly failures: number };
}

/** A task's endpoint ends with its deliveries, and nobody reads them. */
export function isOfTask(endpoint: Endpoint): boolean {
  return endpoint.secrets === undefined;
}

export function isOpen({ endpoint, disabled }: EndpointState): boolean {
  return endpoint.enabled && disabled === undefined;
}
