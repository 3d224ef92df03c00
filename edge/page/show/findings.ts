import type { Analysis, Color, Label } from "../pictures/view.js";
import { el } from "../dom.js";
import { percent } from "./format.js";

/** A text with more lines gets a window of its own, which scrolls. */
const MANY_LINES = 12;

/** What was found in the picture: a section for each kind that was looked for. */
export function findings(analysis: Analysis): HTMLElement[] {
  const { text, colors, labels, objects, faces, safeSearch, skipped, unavailable } = analysis;
  return [
    skipped === undefined ? undefined : section("Analysis", el("p", {}, `Left out: ${skipped}`)),
    text && section("Text", fullText(text.full)),
    colors && section("Colours", colors.length === 0 ? none("colours") : swatches(colors)),
    labels && section("Labels", named(labels, "labels")),
    objects && section("Objects", named(objects, "objects")),
    faces && section("Faces", el("p", {}, faces.length === 0 ? "None found." : `${faces.length}`)),
    safeSearch && section("Safe search", likelihoods(safeSearch)),
    unavailable.length === 0
      ? undefined
      : section("Not available here", el("p", {}, unavailable.join(", "))),
  ].filter((found) => found !== undefined);
}

function section(title: string, content: HTMLElement): HTMLElement {
  return el("section", {}, el("h4", {}, title), content);
}

function none(what: string): HTMLElement {
  return el("p", { class: "none" }, `No ${what} found.`);
}

function fullText(full: string): HTMLElement {
  if (full === "") {
    return none("text");
  }
  return full.split("\n").length > MANY_LINES
    ? el(
        "div",
        { class: "text long", role: "region", "aria-label": "Recognised text", tabindex: 0 },
        full,
      )
    : el("p", { class: "text" }, full);
}

function swatches(colors: readonly Color[]): HTMLElement {
  return el(
    "ul",
    { class: "swatches" },
    ...colors.map(({ rgb, pixelFraction }) => {
      const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
      swatch.style.backgroundColor = rgb;
      return el("li", {}, swatch, el("code", {}, rgb), " ", percent(pixelFraction));
    }),
  );
}

function named(found: readonly Label[], what: string): HTMLElement {
  return found.length === 0
    ? none(what)
    : el(
        "ul",
        { class: "named" },
        ...found.map(({ name, confidence }) => el("li", {}, `${name}, ${percent(confidence)}`)),
      );
}

/** In Vision's words, `VERY_UNLIKELY` to `VERY_LIKELY`. */
function likelihoods(values: Readonly<Record<string, string>>): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    ...Object.entries(values).map(([name, value]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value.toLowerCase().replaceAll("_", " "))),
    ),
  );
}
