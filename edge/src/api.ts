import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { account } from "./account/account-routes.js";
import { deletion } from "./account/deletion-routes.js";
import { entries } from "./account/entry-route.js";
import { feedEntrySchema } from "./account/feed-entry.js";
import { feed } from "./account/feed-routes.js";
import { library } from "./account/library-routes.js";
import { mail } from "./account/mail-routes.js";
import { mailLinks } from "./account/mail-link-routes.js";
import { batchItems } from "./batches/item-routes.js";
import { batches } from "./batches/routes.js";
import { health } from "./health.js";
import { newApi } from "./http/api.js";
import { keys } from "./keys/routes.js";
import { readiness } from "./readiness.js";
import { session } from "./session/routes.js";
import { commands } from "./tasks/command-route.js";
import { remove } from "./tasks/delete.js";
import { putStatus } from "./tasks/put-status.js";
import { read } from "./tasks/read.js";
import { resultComponents } from "./tasks/result-schema.js";
import { submit } from "./tasks/submit.js";
import { watch } from "./tasks/watch-routes.js";
import { uploads } from "./uploads/routes.js";
import { webhookDeliveries } from "./webhooks/delivery-routes.js";
import { webhooks } from "./webhooks/routes.js";
import { webhookSecret } from "./webhooks/secret-routes.js";

type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const document = createRoute({
  method: "get",
  path: "/v1/openapi.json",
  tags: ["operations"],
  summary: "Read this document",
  responses: {
    200: {
      description: "This document",
      content: { "application/json": { schema: z.record(z.string(), z.any()) } },
    },
  },
});

/** Every route but the page's. */
export const api = newApi()
  .route("/", health)
  .route("/", readiness)
  .route("/", submit)
  .route("/", read)
  .route("/", watch)
  .route("/", remove)
  .route("/", batches)
  .route("/", batchItems)
  .route("/", library)
  .route("/", account)
  .route("/", feed)
  .route("/", keys)
  .route("/", session)
  .route("/", mailLinks)
  .route("/", uploads)
  .route("/", webhooks)
  .route("/", webhookDeliveries)
  .route("/", webhookSecret)
  .route("/", putStatus)
  .route("/", commands)
  .route("/", entries)
  .route("/", mail)
  .route("/", deletion)
  .openapi(document, (c) => c.json(openApiDocument(), 200));

for (const [name, schema] of Object.entries(resultComponents)) {
  api.openAPIRegistry.registerComponent("schemas", name, schema);
}
api.openAPIRegistry.register("FeedEntry", feedEntrySchema);
api.openAPIRegistry.registerComponent("securitySchemes", "user", {
  type: "http",
  scheme: "bearer",
  bearerFormat: "JWT",
  description:
    "An ID token of the issuer of one of the edge's channels, which needs the scope of the route among " +
    "its channel's rights, or an API key that has that scope. No token is needed where AUTH_MODE is none, " +
    "nor by the edge's own page after sign-in",
});
api.openAPIRegistry.registerComponent("securitySchemes", "google", {
  type: "http",
  scheme: "bearer",
  bearerFormat: "JWT",
  description: "A Google-signed ID token of the one service account that may call the route",
});

/** The OpenAPI document of these routes. */
export function openApiDocument(): OpenApiDocument {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "iN",
      version: "1",
      description:
        "Submit images, watch them being processed, read what was found. Whatever is refused is " +
        "answered by a problem (RFC 9457) with a `code`: 400 where the request does not conform to " +
        "this document, 422 where it does and asks for something that cannot be done. A path or " +
        "method that is not here is 404 `not_found` or 405 `method_not_allowed`.",
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "tasks", description: "For users" },
      { name: "batches", description: "For users" },
      { name: "webhooks", description: "For users" },
      { name: "keys", description: "For users, and for keys with this scope" },
      { name: "session", description: "For the page, whose users sign in" },
      { name: "mail", description: "For users, and for who receives mail" },
      { name: "operations", description: "For whoever runs iN" },
      { name: "internal", description: "For other parts of iN" },
    ],
  });
}
