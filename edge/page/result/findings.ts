import type { Analysis, ColorShare, Label, SafeSearch } from "../../src/generated/result.js";
import { el } from "../dom.js";
import { type FieldRenderers, renderFields, SHOWN_ELSEWHERE } from "./field-renderers.js";
import { percent } from "./format.js";
import { skippedText } from "./words.js";

/** A text with more lines scrolls in a region of its own. */
const MAX_LINES_IN_FULL = 12;

/** What was found in the image: a section for each feature that was requested. */
export function findings(analysis: Analysis): HTMLElement[] {
  return renderFields(analysis, SECTIONS);
}

const SECTIONS: FieldRenderers<Analysis, HTMLElement> = {
  skipped: (reason) => section("Analysis", el("p", {}, skippedText(reason))),
  truncated: (truncated) =>
    truncated ? section("Analysis", el("p", {}, "Shortened: the result was too long.")) : [],
  text: ({ full, truncated }) =>
    section("Text", fullText(full), ...(truncated === true ? [moreText()] : [])),
  colors: (colors) => section("Colours", colors.length === 0 ? none("colours") : swatches(colors)),
  labels: (labels) => section("Labels", named(labels, "labels")),
  objects: (objects) => section("Objects", named(objects, "objects")),
  faces: (faces) =>
    section("Faces", faces.length === 0 ? none("faces") : el("p", {}, `${faces.length}`)),
  safeSearch: (likelihoods) => section("Safe search", likelihoodList(likelihoods)),
  unavailable: (features) =>
    features.length === 0
      ? []
      : section(
          "Not available",
          el("p", {}, `${features.join(", ")}: not offered by this analysis provider.`),
        ),
  // In facts.ts.
  provider: SHOWN_ELSEWHERE,
  // Each has its section, or is named as unavailable.
  features: SHOWN_ELSEWHERE,
};

function section(title: string, ...content: readonly HTMLElement[]): readonly HTMLElement[] {
  return [el("section", {}, el("h4", {}, title), ...content)];
}

function none(what: string): HTMLElement {
  return el("p", { class: "none" }, `No ${what} found.`);
}

function moreText(): HTMLElement {
  return el("p", { class: "none" }, "There is more text than is shown.");
}

function fullText(full: string): HTMLElement {
  if (full.trim() === "") {
    return none("text");
  }
  return full.split("\n").length > MAX_LINES_IN_FULL
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

function named(labels: readonly Label[], what: string): HTMLElement {
  return labels.length === 0
    ? none(what)
    : el(
        "ul",
        { class: "named" },
        ...labels.map(({ name, confidence }) => el("li", {}, `${name}, ${percent(confidence)}`)),
      );
}

/** In Vision's words, `VERY_UNLIKELY` to `VERY_LIKELY`. */
function likelihoodList(values: SafeSearch): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    ...Object.entries(values).map(([name, value]: [string, string]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value.toLowerCase().replaceAll("_", " "))),
    ),
  );
}
