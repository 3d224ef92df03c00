/* eslint-disable */
// Generated from wrangler.jsonc by `npm run generate` (wrangler types). Do not edit.
interface __BaseEnv_Env {
  ADDRESS_LIMIT: RateLimit;
  AUTH_MODE: string;
  IN_OIDC_ISSUER: string;
  IN_EDGE_AUDIENCE: string;
  IN_SYNC_SERVICE_ACCOUNT: string;
  IN_NOTIFICATION_SERVICE_ACCOUNT: string;
  IN_TAG_INDEXER_SERVICE_ACCOUNT: string;
  IN_OPERATOR_SERVICE_ACCOUNT: string;
  IN_CHANNELS: string;
  IN_BUDGET_UNITS_PER_DAY: string;
  PUBSUB_ENDPOINT: string;
  STORAGE_ENDPOINT: string;
  GCP_PROJECT: string;
  IMAGES_BUCKET: string;
  IN_TIME_SCALE: string;
  IN_FETCH_ALLOW: string;
  OTEL_EXPORTER_OTLP_ENDPOINT: string;
  PUBLISHER_KEY: string;
  UPLOADER_KEY: string;
  SESSION_SECRETS: string;
  CLIENT_SECRETS: string;
  ACCOUNTS: DurableObjectNamespace<import("../index").AccountDO>;
  BATCHES: DurableObjectNamespace<import("../index").BatchDO>;
  BUDGETS: DurableObjectNamespace<import("../index").BudgetDO>;
  TASKS: DurableObjectNamespace<import("../index").TaskCoordinatorDO>;
  WEBHOOKS: DurableObjectNamespace<import("../index").WebhookDO>;
}
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../index");
    durableNamespaces: "TaskCoordinatorDO" | "AccountDO" | "BatchDO" | "BudgetDO" | "WebhookDO";
  }
  interface Env extends __BaseEnv_Env {}
}
interface Env extends __BaseEnv_Env {}
type StringifyValues<EnvType extends Record<string, unknown>> = {
  [Binding in keyof EnvType]: EnvType[Binding] extends string ? EnvType[Binding] : string;
};
declare namespace NodeJS {
  interface ProcessEnv extends StringifyValues<
    Pick<
      Cloudflare.Env,
      | "AUTH_MODE"
      | "IN_OIDC_ISSUER"
      | "IN_EDGE_AUDIENCE"
      | "IN_SYNC_SERVICE_ACCOUNT"
      | "IN_NOTIFICATION_SERVICE_ACCOUNT"
      | "IN_TAG_INDEXER_SERVICE_ACCOUNT"
      | "IN_OPERATOR_SERVICE_ACCOUNT"
      | "IN_CHANNELS"
      | "IN_BUDGET_UNITS_PER_DAY"
      | "PUBSUB_ENDPOINT"
      | "STORAGE_ENDPOINT"
      | "GCP_PROJECT"
      | "IMAGES_BUCKET"
      | "IN_TIME_SCALE"
      | "IN_FETCH_ALLOW"
      | "OTEL_EXPORTER_OTLP_ENDPOINT"
      | "PUBLISHER_KEY"
      | "UPLOADER_KEY"
      | "SESSION_SECRETS"
      | "CLIENT_SECRETS"
    >
  > {}
}
declare module "*.txt" {
  const value: string;
  export default value;
}
declare module "*.html" {
  const value: string;
  export default value;
}
declare module "*.sql" {
  const value: string;
  export default value;
}
declare module "*.bin" {
  const value: ArrayBuffer;
  export default value;
}
declare module "*.wasm" {
  const value: WebAssembly.Module;
  export default value;
}
declare module "*.wasm?module" {
  const value: WebAssembly.Module;
  export default value;
}
