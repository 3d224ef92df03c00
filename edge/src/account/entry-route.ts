import { createRoute, z } from "@hono/zod-openapi";
import { forTagIndexer } from "../auth/middleware.js";
import type { LibraryEntry } from "../generated/library.js";
import { limits } from "../generated/limits.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { FOR_BODIES, FOR_SERVICE_ACCOUNTS, refusals } from "../http/refusals.js";
import {
  mustBe,
  name,
  openRequestBody,
  ownerParams,
  requestObject,
  taskIdParams,
  text,
  wholeNumber,
} from "../http/schemas.js";
import { observed } from "../trace/observe.js";

const MAX_BODY_BYTES = 64 * 1024;
const MAX_LIST = 200;

const words = z
  .array(name("a name of 1 to 128 characters"), mustBe("a list of names"))
  .max(MAX_LIST, mustBe(`a list of at most ${MAX_LIST} names`))
  .optional();
const shortText = (what: string): z.ZodOptional<z.ZodString> =>
  z
    .string(mustBe(what))
    .max(256, mustBe(`${what} of at most 256 characters`))
    .optional();
const degrees = (most: number): z.ZodNumber =>
  z.number(mustBe("a number")).min(-most, mustBe("degrees")).max(most, mustBe("degrees"));

const entrySchema = requestObject(
  openRequestBody({
    version: wholeNumber(1).openapi({ description: "The task's run" }),
    status: name("a status"),
    createdAt: wholeNumber(0).openapi({ description: "Unix time in milliseconds" }),
    failureCode: shortText("a failure code"),
    fileName: shortText("a file name"),
    contentType: shortText("a media type"),
    sizeBytes: wholeNumber(0).optional(),
    width: wholeNumber(0).optional(),
    height: wholeNumber(0).optional(),
    text: z
      .string(mustBe("text"))
      .max(limits.maxTextBytes, mustBe(`text of at most ${limits.maxTextBytes} characters`))
      .optional(),
    labels: words,
    keywords: words,
    colors: words,
    camera: shortText("a camera"),
    lens: shortText("a lens"),
    place: z
      .object({ latitude: degrees(90), longitude: degrees(180) }, mustBe("a place"))
      .optional(),
    day: text(/^\d{4}-\d{2}-\d{2}$/, "a day, as in 2026-11-26").optional(),
  }),
).openapi("LibraryEntry");

const route = createRoute({
  method: "put",
  path: "/internal/v1/accounts/{owner}/entries/{taskId}",
  tags: ["internal"],
  summary: "Set what an owner's library holds of a task, from tag-indexer alone",
  security: [{ google: [] }],
  middleware: [forTagIndexer, observed("library entry"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: ownerParams.extend(taskIdParams.shape),
    body: { required: true, content: { "application/json": { schema: entrySchema } } },
  },
  responses: {
    204: { description: "The library has it, or has a later one, or the task was deleted" },
    ...refusals(...FOR_SERVICE_ACCOUNTS, ...FOR_BODIES, "not_found"),
  },
});

export const entries = newApi().openapi(route, async (c) => {
  const { owner, taskId } = c.req.valid("param");
  const entry = defined(c.req.valid("json"));
  if (!(await c.env.ACCOUNTS.getByName(owner).index(taskId, entry))) {
    // A library that is built again: what its coordinator alone knows comes from there.
    await c.env.TASKS.getByName(taskId).reportAgain(owner);
  }
  c.var.observation.report({
    message: "library entry",
    fields: { taskId, version: entry.version },
    attributes: { "in.task.id": taskId },
  });
  return new Response(null, { status: 204 });
});

/** What zod leaves undefined is absent. */
function defined(entry: z.output<typeof entrySchema>): LibraryEntry {
  return JSON.parse(JSON.stringify(entry)) as LibraryEntry;
}
