import type { Box, TaskResult } from "../../src/generated/result.js";
import { el, svg } from "../dom.js";
import { type Size, uprightBox, uprightSize } from "./orientation.js";

/** Of the height of a line's box: letters grow with the box's width, within these. */
const MIN_FONT_SIZE = 0.75;
const MAX_FONT_SIZE = 1;
/** Draws nothing, but measures text. */
const CANVAS = el("canvas").getContext("2d");

/**
 * What was found in an image, drawn over it: recognised text in its place, and a box around each
 * object and face. Hidden from screen readers: the same words are listed beside the image.
 * Undefined: nothing that has a place was found.
 *
 * @param orientation in which the image is shown (EXIF's number)
 */
export function overlay(result: TaskResult, orientation: number): SVGSVGElement | undefined {
  const { width, height, analysis } = result;
  const lines = analysis?.text?.lines ?? [];
  const detections = [...(analysis?.objects ?? []), ...(analysis?.faces ?? [])];
  if (width === undefined || height === undefined || lines.length + detections.length === 0) {
    return undefined;
  }
  const stored = { width, height };
  const shown = uprightSize(stored, orientation);
  const place = (box: Box): Box => uprightBox(box, stored, orientation);
  return svg(
    "svg",
    {
      class: "overlay",
      viewBox: `0 0 ${shown.width} ${shown.height}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    ...detections.map(({ name, box }) => detection(name, place(box), shown)),
    ...lines.map(({ text, box }) => line(text, place(box))),
  );
}

function line(text: string, box: Box): SVGGElement {
  // Text that runs downwards is drawn so.
  const vertical = box.height > box.width * 1.5 && text.length > 2;
  const [length, height] = vertical ? [box.height, box.width] : [box.width, box.height];
  const origin = `translate(${vertical ? box.x + box.width : box.x} ${box.y})`;
  const room = Math.max(length - height * 0.2, 1);
  const fitting = room / widthOf(text);
  const size = Math.min(Math.max(fitting, height * MIN_FONT_SIZE), height * MAX_FONT_SIZE);
  return svg(
    "g",
    { class: "line" },
    rectangle(box),
    svg(
      "text",
      {
        transform: vertical ? `${origin} rotate(90)` : origin,
        x: height * 0.1,
        y: height / 2,
        "font-size": size,
        "dominant-baseline": "central",
        // Letters that are wider than the image's are condensed to fit the box.
        ...(size > fitting ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {}),
      },
      text,
    ),
  );
}

/** In this page's font, at a size of one pixel. */
function widthOf(text: string): number {
  if (CANVAS === null) {
    return 1;
  }
  CANVAS.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  return Math.max(CANVAS.measureText(text).width, 1) / 100;
}

function detection(name: string, box: Box, shown: Size): SVGGElement {
  const size = Math.max(shown.width, shown.height) / 36;
  return svg(
    "g",
    { class: "detection" },
    rectangle(box),
    svg("text", { x: box.x + size / 3, y: box.y + size * 1.1, "font-size": size }, name),
  );
}

function rectangle({ x, y, width, height }: Box): SVGRectElement {
  return svg("rect", { x, y, width, height });
}
