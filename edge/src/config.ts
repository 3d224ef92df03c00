import type { TokenChannel } from "./channels/channel.js";
import { ChannelFileError, parseChannelFile } from "./channels/channel-file.js";
import type { AccountClocks, Clocks, WebhookClocks } from "./clocks.js";
import { parseServiceAccountKey, type ServiceAccountKey } from "./google/service-account.js";
import { topology } from "./generated/topology.js";
import type { Windows } from "./limits/usage.js";
import { type SignInSettings, signInSettings } from "./session/settings.js";
import {
  ConfigurationError,
  endpoint,
  optional,
  required,
  requireLocal,
  type SettingName,
} from "./settings.js";
import { type AllowedHosts, parseAllowedHosts } from "./webhooks/address.js";

/** Who may use /v1: users of these channels, or (`none`) everybody, as `local`. */
export type UserAuth = { readonly mode: "none" } | TokenAuth;

export interface TokenAuth {
  readonly mode: "oidc";
  readonly channels: readonly TokenChannel[];
  /** Undefined: no channel's users sign in on the page. */
  readonly signIn: SignInSettings | undefined;
}

/** Whose ID tokens a route of /internal accepts: one service account's. */
export interface InternalAuth {
  readonly issuer: string;
  readonly audience: string;
  /** Undefined: nobody's. */
  readonly email: string | undefined;
}

export interface PubSubSettings {
  readonly endpoint: URL;
  readonly project: string;
  readonly key: ServiceAccountKey;
}

export interface StorageSettings {
  readonly endpoint: URL;
  readonly bucket: string;
  readonly key: ServiceAccountKey;
}

const DAY_MS = 24 * 3_600_000;
const FEED_HISTORY_MS = 30 * DAY_MS;
const ACCOUNT_SWEEP_MS = DAY_MS;
const CONFIRMATION_MS = 3 * DAY_MS;
const TASK_AGED_MS = 5 * 60_000;
const IN_FLIGHT_CHECK_MS = 3_600_000;

/** `AUTH_MODE` has no default: public access must be an explicit decision. */
export function userAuth(env: Env): UserAuth {
  const mode = required(env, "AUTH_MODE");
  switch (mode) {
    case "none":
      requireLocal(env, "AUTH_MODE=none");
      return { mode };
    case "oidc": {
      const all = channels(env);
      return { mode, channels: all, signIn: signInSettings(env, all) };
    }
    default:
      throw new ConfigurationError(`AUTH_MODE must be "oidc" or "none", not "${mode}"`);
  }
}

/** Of this isolate: every request reads the channels, which never change. */
let parsedChannels:
  { readonly text: string; readonly channels: readonly TokenChannel[] } | undefined;

function channels(env: Env): readonly TokenChannel[] {
  const text = required(env, "IN_CHANNELS");
  if (parsedChannels?.text !== text) {
    try {
      parsedChannels = { text, channels: parseChannelFile(text) };
    } catch (error) {
      if (error instanceof ChannelFileError) {
        throw new ConfigurationError(`IN_CHANNELS: ${error.message}`);
      }
      throw error;
    }
  }
  return parsedChannels.channels;
}

/** Who reports status updates. */
export function syncAuth(env: Env): InternalAuth {
  return { ...googleTokens(env), email: required(env, "IN_SYNC_SERVICE_ACCOUNT") };
}

/** Who sends commands to tasks: the account that operators impersonate. */
export function operatorAuth(env: Env): InternalAuth {
  return { ...googleTokens(env), email: optional(env, "IN_OPERATOR_SERVICE_ACCOUNT") };
}

/** Who reports progress. */
export function notificationAuth(env: Env): InternalAuth {
  return { ...googleTokens(env), email: optional(env, "IN_NOTIFICATION_SERVICE_ACCOUNT") };
}

/** Who sends what was found in images. */
export function tagIndexerAuth(env: Env): InternalAuth {
  return { ...googleTokens(env), email: optional(env, "IN_TAG_INDEXER_SERVICE_ACCOUNT") };
}

const GOOGLE = "https://accounts.google.com";

function googleTokens(env: Env): Omit<InternalAuth, "email"> {
  const issuer = optional(env, "IN_OIDC_ISSUER") ?? GOOGLE;
  if (issuer !== GOOGLE) {
    requireLocal(env, "IN_OIDC_ISSUER");
  }
  return { issuer, audience: requiredAudience(env) };
}

/** This edge's public URL. */
export function requiredAudience(env: Env): string {
  return required(env, "IN_EDGE_AUDIENCE");
}

export function pubSubSettings(env: Env): PubSubSettings {
  return {
    endpoint: endpoint(env, "PUBSUB_ENDPOINT", "https://pubsub.googleapis.com"),
    project: required(env, "GCP_PROJECT"),
    key: key(env, "PUBLISHER_KEY"),
  };
}

export function storageSettings(env: Env): StorageSettings {
  return {
    endpoint: endpoint(env, "STORAGE_ENDPOINT", "https://storage.googleapis.com"),
    bucket: required(env, "IMAGES_BUCKET"),
    key: key(env, "UPLOADER_KEY"),
  };
}

export function clocks(env: Env): Clocks {
  const scale = timeScale(env);
  return {
    overdueAfterMs: topology.overdueAfterMs / scale,
    documentTtlMs: topology.documentTtlMs / scale,
    backoffMinimumMs: topology.backoffMinimumMs / scale,
    backoffMaximumMs: topology.backoffMaximumMs / scale,
  };
}

export function accountClocks(env: Env): AccountClocks {
  const scale = timeScale(env);
  return {
    feedHistoryMs: FEED_HISTORY_MS / scale,
    endedTaskMs: topology.documentTtlMs / scale,
    sweepMs: ACCOUNT_SWEEP_MS / scale,
    confirmationMs: CONFIRMATION_MS / scale,
    confirmationWindowMs: DAY_MS / scale,
    uploadKeptMs: DAY_MS / scale,
    agedAfterMs: TASK_AGED_MS / scale,
    checkAfterMs: IN_FLIGHT_CHECK_MS / scale,
  };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After the first, at once; Svix's schedule. */
const RETRY_DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, ...[2, 5, 10, 10].map((h) => h * HOUR)];
/** No scale makes a healthy endpoint too slow. */
const MIN_TIMEOUT = 3 * SECOND;

export function webhookClocks(env: Env): WebhookClocks {
  const scale = timeScale(env);
  const scaled = (duration: number): number => Math.ceil(duration / scale);
  return {
    timeoutMs: Math.max(scaled(15 * SECOND), MIN_TIMEOUT),
    retryDelaysMs: RETRY_DELAYS.map(scaled),
    throttleMs: scaled(5 * SECOND),
    disabledAfterMs: scaled(5 * DAY),
    failingForgottenAfterMs: scaled(DAY),
    secretOverlapMs: scaled(DAY),
    removalMs: scaled(HOUR),
    historyMs: scaled(30 * DAY),
    backoffMinimumMs: scaled(topology.backoffMinimumMs),
    backoffMaximumMs: scaled(topology.backoffMaximumMs),
  };
}

/** Over how long each limit of an owner counts: whole minutes and days, UTC. */
export function limitWindows(env: Env): Windows {
  const scale = timeScale(env);
  const minute = { slotMs: Math.ceil(MINUTE / scale), slots: 1 };
  const day = { slotMs: dayMs(env), slots: 1 };
  return {
    submissionsPerMinute: minute,
    submissionsPerDay: day,
    unitsPerDay: day,
    uploadsPerDay: day,
    // As long as the bucket keeps what was uploaded.
    storedBytes: { ...day, slots: Math.ceil(topology.documentTtlMs / DAY) },
  };
}

/** How long a day of UTC is, for limits and budgets. */
export function dayMs(env: Env): number {
  return Math.ceil(DAY / timeScale(env));
}

/** What the analyses of all channels may cost in a day, in units of the provider; undefined: there is no budget. */
export function totalBudget(env: Env): number | undefined {
  const text = optional(env, "IN_BUDGET_UNITS_PER_DAY");
  if (text !== undefined && !/^[1-9][0-9]{0,14}$/.test(text)) {
    throw new ConfigurationError(
      `IN_BUDGET_UNITS_PER_DAY must be a whole number, 1 or more, not "${text}"`,
    );
  }
  return text === undefined ? undefined : Number(text);
}

/** Whom webhooks may be sent to although no address rule allows it: for tests and the local cloud. */
export function allowedHosts(env: Env): AllowedHosts {
  const text = optional(env, "IN_FETCH_ALLOW") ?? "";
  const hosts = parseAllowedHosts(text);
  if (hosts === undefined) {
    throw new ConfigurationError(`IN_FETCH_ALLOW must be host:port,…, not "${text}"`);
  }
  if (hosts.size > 0) {
    requireLocal(env, "IN_FETCH_ALLOW");
  }
  return hosts;
}

/** Where spans are exported to, by OTLP over HTTP; undefined: nowhere. */
export function tracesEndpoint(env: Env): URL | undefined {
  const text = optional(env, "OTEL_EXPORTER_OTLP_ENDPOINT");
  if (text === undefined) {
    return undefined;
  }
  const url = URL.parse(`${text.replace(/\/+$/, "")}/v1/traces`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError(`OTEL_EXPORTER_OTLP_ENDPOINT must be a URL, not "${text}"`);
  }
  return url;
}

/** Everything that is wrong with the configuration; empty means healthy. */
export function configurationProblems(env: Env): string[] {
  const readers = [
    ...[userAuth, syncAuth, pubSubSettings, storageSettings],
    ...[clocks, allowedHosts, totalBudget, tracesEndpoint],
  ];
  return readers.flatMap((read) => {
    try {
      read(env);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) {
        return [error.message];
      }
      throw error;
    }
  });
}

/** For tests only: against the real Pub/Sub it would flood the chain with republished messages. */
function timeScale(env: Env): number {
  const text = optional(env, "IN_TIME_SCALE");
  if (text === undefined) {
    return 1;
  }
  const scale = Number(text);
  if (!Number.isFinite(scale) || scale <= 0) {
    throw new ConfigurationError(`IN_TIME_SCALE must be a positive number, not "${text}"`);
  }
  requireLocal(env, "IN_TIME_SCALE");
  return scale;
}

function key(env: Env, name: SettingName): ServiceAccountKey {
  const parsed = parseServiceAccountKey(required(env, name));
  if (parsed === undefined) {
    // Never the text itself: it is a secret.
    throw new ConfigurationError(
      `${name} must be a service account's key as JSON with client_email, private_key and private_key_id`,
    );
  }
  return parsed;
}
