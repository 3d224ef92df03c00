import type { Disabled, Endpoint } from "./endpoint.js";
import { newSecrets, rotated, type Secrets } from "./secrets.js";

/** In a subscription: every type, later ones included. */
export const ALL_TYPES = "*";

/** What an owner may set. */
export interface SubscriptionSettings {
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string | undefined;
}

/** What an account keeps of an endpoint. Times are milliseconds since 1970. */
export interface Subscription extends SubscriptionSettings {
  readonly webhookId: string;
  /** Through which it was made; those from before there were channels lack it. */
  readonly channel?: string;
  readonly secrets: Secrets;
  readonly enabled: boolean;
  /** Why it is not, unless its owner has switched it off. */
  readonly disabled?: Disabled;
  readonly disabledCount: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Grows with every change that its WebhookDO must know of. */
  readonly version: number;
  /** Until its WebhookDO has deleted everything. */
  readonly deleted?: true;
}

export interface SubscriptionChange {
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
}

export function subscribed(
  webhookId: string,
  settings: SubscriptionSettings,
  channel: string,
  now: number,
): Subscription {
  return {
    ...settings,
    webhookId,
    channel,
    secrets: newSecrets(),
    enabled: true,
    disabledCount: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

export function changed(
  subscription: Subscription,
  change: SubscriptionChange,
  now: number,
): Subscription {
  const { disabled, ...kept } = subscription;
  const enabled = change.enabled ?? subscription.enabled;
  return {
    ...kept,
    ...(change.url === undefined ? {} : { url: change.url }),
    ...(change.types === undefined ? {} : { types: change.types }),
    ...(change.description === undefined ? {} : { description: change.description }),
    ...(enabled || disabled === undefined ? {} : { disabled }),
    enabled,
    ...(change.url === undefined && change.enabled === undefined
      ? { updatedAt: now }
      : next(subscription, now)),
  };
}

export function withNewSecret(
  subscription: Subscription,
  now: number,
  overlapMs: number,
): Subscription {
  const secrets = rotated(subscription.secrets, now, overlapMs);
  return { ...subscription, secrets, ...next(subscription, now) };
}

/** As its WebhookDO reports; undefined: its owner has changed it since, and the report is void. */
export function disabledBy(
  subscription: Subscription,
  version: number,
  disabled: Disabled,
  now: number,
): Subscription | undefined {
  if (subscription.version !== version || !subscription.enabled) {
    return undefined;
  }
  const disabledCount = subscription.disabledCount + 1;
  return { ...subscription, enabled: false, disabled, disabledCount, ...next(subscription, now) };
}

export function removed(subscription: Subscription, now: number): Subscription {
  return { ...subscription, enabled: false, deleted: true, ...next(subscription, now) };
}

/** Undefined: all. */
export function typesOf({ types }: Subscription): readonly string[] | undefined {
  return types.includes(ALL_TYPES) ? undefined : types;
}

export function endpointOf(subscription: Subscription, owner: string): Endpoint {
  const { webhookId, url, secrets, enabled, version } = subscription;
  return { webhookId, owner, url, secrets, enabled, version };
}

function next({ version }: Subscription, now: number): { version: number; updatedAt: number } {
  return { version: version + 1, updatedAt: now };
}
