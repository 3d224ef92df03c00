import { isLoopback } from "./http/loopback.js";

/** A setting that is missing or invalid. Whatever needs it answers 500 and names it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

export type SettingName = Exclude<
  keyof Env,
  "TASKS" | "ACCOUNTS" | "WEBHOOKS" | "BUDGETS" | "ADDRESS_LIMIT"
>;

export function required(env: Env, name: SettingName): string {
  const value = optional(env, name);
  if (value === undefined) {
    throw new ConfigurationError(`${name} is not set`);
  }
  return value;
}

/** Unset is null under workerd (`fromEnvironment`) and an empty string in wrangler.jsonc. */
export function optional(env: Env, name: SettingName): string | undefined {
  const value = env[name] as string | null | undefined;
  return value === null || value === "" ? undefined : value;
}

export function endpoint(env: Env, name: SettingName, otherwise: string): URL {
  const text = optional(env, name) ?? otherwise;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new ConfigurationError(`${name} must be a URL without a path, not "${text}"`);
  }
  return url;
}

/** What is for tests and the local cloud is refused elsewhere. */
export function requireLocal(env: Env, name: string): void {
  if (!isLocal(env)) {
    throw new ConfigurationError(`${name} is refused unless PUBSUB_ENDPOINT is local`);
  }
}

/** Whether this edge works on a Pub/Sub of this machine. */
export function isLocal(env: Env): boolean {
  return isLoopback(endpoint(env, "PUBSUB_ENDPOINT", "https://pubsub.googleapis.com").hostname);
}
