import type { z } from "@hono/zod-openapi";
import { issueText } from "../http/issue-text.js";
import { limits } from "../generated/limits.js";
import { inputOf } from "../tasks/submission.js";
import type { BatchItem } from "./batch.js";
import { itemSchema } from "./schemas.js";

/** A line of a chunk that is not an item. */
export interface RejectedLine {
  /** From 1. */
  readonly line: number;
  readonly code: "invalid_json" | "invalid_item" | "batch_full";
  readonly message: string;
}

/** An item, and the line that it came from. */
export interface ItemLine {
  readonly line: number;
  readonly item: BatchItem;
}

/** Reads a chunk of NDJSON: good lines are items whatever is wrong with others. Empty lines are none. */
export function parseChunk(text: string): {
  readonly lines: readonly ItemLine[];
  readonly rejected: readonly RejectedLine[];
} {
  const lines: ItemLine[] = [];
  const rejected: RejectedLine[] = [];
  text.split("\n").forEach((one, index) => {
    const line = index + 1;
    if (one.trim() === "") {
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(one);
    } catch {
      rejected.push({ line, code: "invalid_json", message: "the line is not JSON" });
      return;
    }
    const { data, error } = itemSchema.safeParse(json);
    if (data === undefined) {
      const message = error.issues.map(issueText).join("; ");
      rejected.push({ line, code: "invalid_item", message });
    } else {
      lines.push({ line, item: itemOf(data) });
    }
  });
  return { lines, rejected };
}

function itemOf({ features, fileName, ...image }: z.output<typeof itemSchema>): BatchItem {
  return {
    input: inputOf(image),
    ...(features === undefined
      ? {}
      : { features: limits.features.filter((feature) => features.includes(feature)) }),
    ...(fileName === undefined ? {} : { fileName }),
  };
}
