import { z } from "@hono/zod-openapi";
import { PRIORITIES, type Priority } from "../events/routing.js";
import type { DownloadRequested } from "../generated/events.js";
import { limits } from "../generated/limits.js";
import { fileName, mustBe, oneOf, requestBody, requestObject, text } from "../http/schemas.js";
import { webhookUrl } from "../webhooks/schemas.js";

/** What a user asks for, defaults filled in. */
export interface Submission {
  readonly input: DownloadRequested["input"];
  readonly features: readonly string[];
  readonly priority: Priority;
  /** As the user's file is named, for the library; undefined: as its upload was declared. */
  readonly fileName?: string;
  /** Where the task's end is sent, besides the account's webhooks. */
  readonly webhookUrl?: string;
}

const UPLOAD_ID = /^[A-Za-z0-9_-]{22}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/;

const listOfFeatures = mustBe(`a list of at least one of ${limits.features.join(", ")}`);

export const featureList = z.array(oneOf(limits.features), listOfFeatures).min(1, listOfFeatures);

/** Where an image is, of which exactly one is needed, and how its file is named. */
export const imageFields = {
  imageUrl: z
    .string(mustBe("an absolute http or https URL"))
    .refine(isAbsoluteUrl, mustBe("an absolute http or https URL"))
    .optional()
    .openapi({ description: "An absolute http or https URL" }),
  uploadId: text(UPLOAD_ID, "an uploadId as POST /v1/uploads gives it").optional(),
  fileName: fileName.optional().openapi({
    description:
      "As the file is named: lists show it, and search finds it. Left out: as its upload was declared",
  }),
};

export const submissionSchema = requestObject(
  requestBody({
    ...imageFields,
    features: featureList
      .optional()
      .openapi({ description: `Left out: ${limits.defaultFeatures.join(", ")}` }),
    priority: oneOf(PRIORITIES)
      .optional()
      .openapi({ description: "Left out: the channel's default, normal unless it says otherwise" }),
    webhookUrl: webhookUrl.optional().openapi({
      description:
        "Where this task's end is sent, signed with the account's default secret: an https URL with " +
        "a public host name",
    }),
  }).refine(hasOneInput, { error: "exactly one of imageUrl and uploadId is needed" }),
).openapi("Submission", {
  description: "Exactly one of `imageUrl` and `uploadId` is needed. Null counts as left out",
  oneOf: [{ required: ["imageUrl"] }, { required: ["uploadId"] }],
});

export const submissionHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .regex(IDEMPOTENCY_KEY, { error: "must have 1 to 255 printable ASCII characters" })
    .optional()
    .openapi({ description: "The same key with the same body is the same task" }),
  traceparent: z
    .string()
    .optional()
    .openapi({ description: "W3C Trace Context: the trace to continue" }),
});

/** The submission with its defaults; features each once, in the order in which they are shown. */
export function submissionOf(
  body: z.output<typeof submissionSchema>,
  defaultPriority: Priority,
): Submission {
  const { features, priority, fileName: name, webhookUrl: url } = body;
  return {
    input: inputOf(body),
    features:
      features === undefined
        ? limits.defaultFeatures
        : limits.features.filter((feature) => features.includes(feature)),
    priority: priority ?? defaultPriority,
    ...(name === undefined ? {} : { fileName: name }),
    ...(url === undefined ? {} : { webhookUrl: url }),
  };
}

/** Exactly one of them is there. */
export function inputOf({
  imageUrl,
  uploadId = "",
}: {
  readonly imageUrl?: string | undefined;
  readonly uploadId?: string | undefined;
}): Submission["input"] {
  return imageUrl === undefined ? { uploadId } : { imageUrl };
}

function hasOneInput(body: { readonly imageUrl?: unknown; readonly uploadId?: unknown }): boolean {
  return (body.imageUrl === undefined) !== (body.uploadId === undefined);
}

/** Where it may lead is for `download` to judge, which connects to it. */
function isAbsoluteUrl(value: string): boolean {
  const parsed = URL.parse(value);
  // URL.parse drops white space and forgives a missing "//"; others would read another URL.
  const strict = /^[a-z]+:\/\/[^\s\\\p{Cc}]+$/iu.test(value);
  return parsed !== null && ["http:", "https:"].includes(parsed.protocol) && strict;
}
