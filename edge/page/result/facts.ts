import type { Description, Metadata, TaskResult } from "../../src/generated/result.js";
import { el } from "../dom.js";
import type { FieldRenderers } from "./field-renderers.js";
import { bytes, capturedAt, exposure, frames, gps, imageFormat, rating, words } from "./format.js";
import { renderFields, SHOWN_ELSEWHERE } from "./field-renderers.js";
import { isTurned } from "./orientation.js";

/** A line of the list; an empty value is left out. */
interface Fact {
  readonly name: string;
  readonly value: string;
  /** Whether it is for machines rather than for people. */
  readonly code?: boolean;
}

const DESCRIPTION: FieldRenderers<Description, Fact> = {
  title: (value) => fact("Title", value),
  caption: (value) => fact("Caption", value),
  creators: (values) => fact("By", values.join(", ")),
  copyright: (value) => fact("Copyright", value),
  rating: (value) => fact("Rating", rating(value)),
  digitalSourceType: (value) => fact("Source", words(value)),
};

/** In the order in which they are shown. */
const METADATA: FieldRenderers<Metadata, Fact> = {
  capturedAt: (value) => fact("Taken", capturedAt(value)),
  cameraMake: (make, { cameraModel }) => fact("Camera", `${make} ${cameraModel ?? ""}`.trim()),
  cameraModel: (model, { cameraMake }) => fact("Camera", cameraMake === undefined ? model : ""),
  lens: (value) => fact("Lens", value),
  description: (value) => renderFields(value, DESCRIPTION),
  exposure: (value) => fact("Exposure", exposure(value)),
  gps: (value) => fact("Place", gps(value)),
  frames: (value) => fact("Frames", frames(value)),
  keywords: (values) => fact("Keywords", values.join(", ")),
  colorProfile: (value) => fact("Colour profile", value),
  truncated: (truncated) =>
    fact("Condition", truncated ? "truncated: the end of the file is missing" : ""),
  // With the dimensions.
  orientation: SHOWN_ELSEWHERE,
};

const RESULT: FieldRenderers<TaskResult, Fact> = {
  contentType: (value) => fact("Type", imageFormat(value)),
  sizeBytes: (value) => fact("Size", bytes(value)),
  width: (width, { height, metadata }) =>
    fact("Dimensions", height === undefined ? "" : dimensions(width, height, metadata)),
  // With the width.
  height: SHOWN_ELSEWHERE,
  metadata: (metadata) => renderFields(metadata, METADATA),
  sha256: (value) => [{ name: "SHA-256", value, code: true }],
  // The rest of it is in findings.ts.
  analysis: ({ provider }) => fact("Analysed by", provider),
  // The status and the steps say it, by the edge's clock.
  durationMs: SHOWN_ELSEWHERE,
};

/** What is known of an image file, as a list of names and values. */
export function factList(result: TaskResult, taskId: string | undefined): HTMLElement {
  const task = taskId === undefined ? [] : [{ name: "Task", value: taskId, code: true }];
  return el(
    "dl",
    { class: "facts" },
    ...[...renderFields(result, RESULT), ...task]
      .filter(({ value }) => value !== "")
      .map(({ name, value, code }) =>
        el(
          "div",
          {},
          el("dt", {}, name),
          el("dd", {}, code === true ? el("code", {}, value) : value),
        ),
      ),
  );
}

function fact(name: string, value: string): readonly Fact[] {
  return [{ name, value }];
}

function dimensions(width: number, height: number, metadata: Metadata | undefined): string {
  return isTurned(metadata?.orientation ?? 1)
    ? `${height} × ${width}, stored rotated`
    : `${width} × ${height}`;
}
