import type { Box, TaskResult } from "../../src/generated/result.js";
import { el, svg } from "../dom.js";
import { type Size, uprightBox, uprightSize } from "./orientation.js";

/** Of the height of a line's box: letters grow with the box's width, within these. */
const LEAST_FONT_SIZE = 0.75;
const LARGEST_FONT_SIZE = 1;
/** Draws nothing, but measures text. */
const PEN = el("canvas").getContext("2d");

/**
 * What was found in a picture, to be laid over it: recognised text, written anew in its place, and
 * a frame around each object and face. For the eye alone: the words stand beside the picture too.
 * Undefined: nothing that has a place was found.
 *
 * @param orientation in which the picture is shown (EXIF's number)
 */
export function overlay(result: TaskResult, orientation: number): SVGSVGElement | undefined {
  const { width, height, analysis } = result;
  const lines = analysis?.text?.lines ?? [];
  const things = [...(analysis?.objects ?? []), ...(analysis?.faces ?? [])];
  if (width === undefined || height === undefined || lines.length + things.length === 0) {
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
    ...things.map(({ name, box }) => thing(name, place(box), shown)),
    ...lines.map(({ text, box }) => line(text, place(box))),
  );
}

function line(text: string, box: Box): SVGGElement {
  // Text that runs downwards is written so.
  const upended = box.height > box.width * 1.5 && text.length > 2;
  const [length, height] = upended ? [box.height, box.width] : [box.width, box.height];
  const origin = `translate(${upended ? box.x + box.width : box.x} ${box.y})`;
  const room = Math.max(length - height * 0.2, 1);
  const fitting = room / widthOf(text);
  const size = Math.min(Math.max(fitting, height * LEAST_FONT_SIZE), height * LARGEST_FONT_SIZE);
  return svg(
    "g",
    { class: "line" },
    rectangle(box),
    svg(
      "text",
      {
        transform: upended ? `${origin} rotate(90)` : origin,
        x: height * 0.1,
        y: height / 2,
        "font-size": size,
        "dominant-baseline": "central",
        // Wider letters than the picture's are squeezed into the box.
        ...(size > fitting ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {}),
      },
      text,
    ),
  );
}

/** In this page's own letters, at a size of one pixel. */
function widthOf(text: string): number {
  if (PEN === null) {
    return 1;
  }
  PEN.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  return Math.max(PEN.measureText(text).width, 1) / 100;
}

function thing(name: string, box: Box, shown: Size): SVGGElement {
  const size = Math.max(shown.width, shown.height) / 36;
  return svg(
    "g",
    { class: "thing" },
    rectangle(box),
    svg("text", { x: box.x + size / 3, y: box.y + size * 1.1, "font-size": size }, name),
  );
}

function rectangle({ x, y, width, height }: Box): SVGRectElement {
  return svg("rect", { x, y, width, height });
}
