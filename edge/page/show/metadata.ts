import type { TaskResult } from "../../src/generated/result.js";
import { el } from "../dom.js";
import { bytes, capturedAt, exposure, place } from "./format.js";
import { uprightSize } from "./orientation.js";

/** What the picture says of itself, as a list of names and values. */
export function metadataList(result: TaskResult): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    ...facts(result).flatMap(([name, value]) =>
      value === undefined || value === ""
        ? []
        : [el("div", {}, el("dt", {}, name), el("dd", {}, value))],
    ),
  );
}

function facts(
  result: TaskResult,
): readonly (readonly [name: string, value: string | undefined])[] {
  const { metadata } = result;
  const camera = [metadata?.cameraMake, metadata?.cameraModel];
  return [
    ["Kind", result.contentType?.replace(/^image\//, "").toUpperCase()],
    ["Size", result.sizeBytes === undefined ? undefined : bytes(result.sizeBytes)],
    ["Pixels", pixels(result)],
    ["Taken", metadata?.capturedAt && capturedAt(metadata.capturedAt)],
    ["Camera", camera.filter((part) => part !== undefined).join(" ")],
    ["Lens", metadata?.lens],
    ["Exposure", metadata?.exposure && exposure(metadata.exposure)],
    ["Place", metadata?.gps && place(metadata.gps)],
    ["Keywords", metadata?.keywords?.join(", ")],
    ["Colour profile", metadata?.colorProfile],
    ["Condition", metadata?.truncated === true ? "cut short: its end is missing" : undefined],
  ];
}

function pixels({ width, height, metadata }: TaskResult): string | undefined {
  if (width === undefined || height === undefined) {
    return undefined;
  }
  const orientation = metadata?.orientation ?? 1;
  const upright = uprightSize({ width, height }, orientation);
  const turned = upright.width === width && upright.height === height ? "" : ", stored on its side";
  return `${upright.width} × ${upright.height}${turned}`;
}
