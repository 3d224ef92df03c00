import type { Analysis, ColorShare, Label, SafeSearch } from "../../src/generated/result.js";
import { el } from "../dom.js";
import { percent } from "./format.js";

/** A text with more lines gets a window of its own, which scrolls. */
const MANY_LINES = 12;

/** What was found in the picture: a section for each kind that was looked for. */
export function findings(analysis: Analysis): HTMLElement[] {
  const { text, colors, labels, objects, faces, safeSearch, skipped, truncated } = analysis;
  const unavailable = analysis.unavailable ?? [];
  return [
    skipped === undefined ? undefined : section("Analysis", el("p", {}, `Left out: ${skipped}`)),
    truncated === true
      ? section("Analysis", el("p", {}, "Left out: the result would have been too long."))
      : undefined,
    text && section("Text", fullText(text.full), ...(text.truncated === true ? [cutShort()] : [])),
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

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return el("section", {}, el("h4", {}, title), ...content);
}

function none(what: string): HTMLElement {
  return el("p", { class: "none" }, `No ${what} found.`);
}

function cutShort(): HTMLElement {
  return el("p", { class: "none" }, "There is more text than is shown.");
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

function swatches(colors: readonly ColorShare[]): HTMLElement {
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
function likelihoods(values: SafeSearch): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    ...Object.entries(values).map(([name, value]: [string, string]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value.toLowerCase().replaceAll("_", " "))),
    ),
  );
}
