import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import { Hono } from "hono";
import { api } from "./api.js";
import type { ApiEnv } from "./http/api.js";
import { malformedBody } from "./http/body.js";
import { localRequests } from "./http/local-requests.js";
import { Problem } from "./http/problem.js";
import { ACCOUNT_DELETING } from "./account/account-deletion.js";
import { accountDeleting } from "./limits/answer.js";
import { addressLimit } from "./limits/address-limit.js";
import { log, messageOf } from "./log.js";
import { page } from "./page/routes.js";
import { ConfigurationError } from "./settings.js";

export { AccountDO } from "./account/account.js";
export { BatchDO } from "./batches/batch-object.js";
export { BudgetDO } from "./budget/budget.js";
export { TaskCoordinatorDO } from "./tasks/coordinator.js";
export { WebhookDO } from "./webhooks/webhook.js";

const app = new Hono<ApiEnv>();
app.use(
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      const allow = methods.join(", ");
      const detail = `${c.req.method} is not among ${allow}`;
      return new Problem("method_not_allowed", detail, { allow }).toResponse();
    },
  }),
);
app.use(localRequests);
app.use("/v1/*", addressLimit);
app.route("/", page);
app.route("/", api);
app.notFound((c) => new Problem("not_found", `there is nothing at ${c.req.path}`).toResponse());
app.onError((error) => problemOf(error).toResponse());

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;

function problemOf(error: Error): Problem {
  if (error instanceof Problem) {
    return error;
  }
  if (error instanceof HTTPException) {
    return refusedByLibrary(error);
  }
  if (error instanceof ConfigurationError) {
    log("ERROR", "the edge is not configured", { reason: error.message });
    return new Problem("misconfigured", error.message);
  }
  if (messageOf(error).endsWith(ACCOUNT_DELETING)) {
    return accountDeleting();
  }
  log("ERROR", "unexpected error", { reason: messageOf(error), stack: error.stack });
  return new Problem("internal", "an unexpected error; it was logged");
}

/** Hono's own refusals: a body of another media type, or one that cannot be parsed. */
function refusedByLibrary({ status }: HTTPException): Problem {
  return status === 415
    ? new Problem("unsupported_media_type", "the body must be application/json")
    : malformedBody();
}
