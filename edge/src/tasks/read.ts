import { createRoute } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { storageSettings } from "../config.js";
import { signedUrl } from "../google/signed-url.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { taskIdParams } from "../http/schemas.js";
import type { ImageObject } from "./image-object.js";
import { viewResponse, viewSchema } from "./view.js";

const IMAGE_URL_LIFETIME_SECONDS = 15 * 60;

const getTask = createRoute({
  method: "get",
  path: "/v1/tasks/{taskId}",
  tags: ["tasks"],
  summary: "Read a task",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { params: taskIdParams },
  responses: {
    200: {
      description: "The task as it stands",
      content: { "application/json": { schema: viewSchema } },
    },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

const getImage = createRoute({
  method: "get",
  path: "/v1/tasks/{taskId}/image",
  tags: ["tasks"],
  summary: "Read a task's image",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { params: taskIdParams },
  responses: {
    302: { description: "Redirects to a signed URL, good for 15 minutes" },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

export const read = newApi()
  .openapi(getTask, async (c) => {
    const { taskId } = c.req.valid("param");
    const view = await c.env.TASKS.getByName(taskId).view(c.var.owner);
    if (view === undefined) {
      throw new Problem("not_found", "there is no such task");
    }
    return viewResponse(view);
  })
  .openapi(getImage, async (c) => {
    const { taskId } = c.req.valid("param");
    const image = (await c.env.TASKS.getByName(taskId).image(c.var.owner)) ?? null;
    if (image === null) {
      throw new Problem("not_found", "there is no such task, or its image is not stored yet");
    }
    const location = await signedUrl(storageSettings(c.env), {
      method: "GET",
      object: image.name,
      parameters: asDownload(image),
      issuedAt: new Date(),
      lifetimeSeconds: IMAGE_URL_LIFETIME_SECONDS,
    });
    const headers = { location, "cache-control": "no-store", "x-content-type-options": "nosniff" };
    return new Response(null, { status: 302, headers });
  });

/**
 * A browser that is led to the image saves it and never runs what it may hold: it is an attachment, of
 * the type that its bytes show or of none that means anything.
 */
function asDownload({ isSniffed }: ImageObject): Readonly<Record<string, string>> {
  return {
    "response-content-disposition": "attachment",
    ...(isSniffed ? {} : { "response-content-type": "application/octet-stream" }),
  };
}
