import { z } from "@hono/zod-openapi";
import { PRIORITIES } from "../events/routing.js";
import { limits } from "../generated/limits.js";
import { name, oneOf, requestBody, requestObject } from "../http/schemas.js";
import { featureList, imageFields } from "../tasks/submission.js";
import { ITEM_STATUSES } from "./batch.js";

export const BATCH_STATUSES = ["open", "processing", "completed", "failed", "cancelled"] as const;

export const batchParams = z.object({ batchId: z.string().regex(limits.taskIdPattern) });

export const newBatchSchema = requestObject(
  requestBody({
    name: name("1 to 128 characters").optional(),
    priority: oneOf(PRIORITIES)
      .optional()
      .openapi({ description: "Left out: the channel's default, normal unless it says otherwise" }),
    features: featureList.optional().openapi({
      description: `Of items that name none. Left out: ${limits.defaultFeatures.join(", ")}`,
    }),
  }),
).openapi("NewBatch");

export const itemSchema = requestObject(
  requestBody({ ...imageFields, features: featureList.optional() }).refine(
    (body) => (body.imageUrl === undefined) !== (body.uploadId === undefined),
    { error: "exactly one of imageUrl and uploadId is needed" },
  ),
).openapi("BatchLine", {
  description: "Exactly one of `imageUrl` and `uploadId` is needed. Null counts as left out",
  oneOf: [{ required: ["imageUrl"] }, { required: ["uploadId"] }],
});

const links = z.object({ self: z.string(), items: z.string() });

export const createdBatch = z.object({ batchId: z.string(), links }).openapi("CreatedBatch");

export const appended = z
  .object({
    accepted: z.int(),
    rejected: z.array(
      z.object({
        line: z.int().openapi({ description: "From 1, in this chunk" }),
        code: z.string().openapi({ description: "`invalid_json`, `invalid_item`, `batch_full`" }),
        message: z.string(),
      }),
    ),
  })
  .openapi("AppendedItems");

export const batchSchema = z
  .object({
    batchId: z.string(),
    name: z.string().optional(),
    status: z.enum(BATCH_STATUSES).openapi({
      description:
        "`open`: it takes items; `processing`: it is sealed; `failed`: every item has failed",
    }),
    priority: z.enum(PRIORITIES),
    features: z.array(z.string()),
    counts: z.object({
      total: z.int(),
      waiting: z.int(),
      processing: z.int(),
      completed: z.int(),
      failed: z.int(),
      cancelled: z.int(),
    }),
    failures: z.record(z.string(), z.int()).openapi({ description: "Failed items, by code" }),
    rate: z.number().optional().openapi({
      description: "Items that end in a second, over the last minute; left out where none has",
    }),
    eta: z.iso.datetime().optional().openapi({
      description: "When the items that are there will have ended, at this rate",
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    sealedAt: z.iso.datetime().optional(),
    cancelledAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
    links,
  })
  .openapi("Batch");

const itemView = z
  .object({
    position: z.int().openapi({ description: "From 1, in the order of appending" }),
    taskId: z.string(),
    status: z.enum(ITEM_STATUSES),
    imageUrl: z.string().optional(),
    uploadId: z.string().optional(),
    fileName: z.string().optional(),
    error: z
      .object({ code: z.string(), message: z.string(), stage: z.string().optional() })
      .optional(),
  })
  .openapi("BatchItem");

export const itemPage = z
  .object({
    items: z.array(itemView),
    nextCursor: z.string().optional().openapi({ description: "Left out on the last page" }),
  })
  .openapi("BatchItems");

export type BatchView = z.input<typeof batchSchema>;
export type ItemPage = z.input<typeof itemPage>;

export function linksOf(batchId: string): z.input<typeof links> {
  const self = `/v1/batches/${batchId}`;
  return { self, items: `${self}/items` };
}
