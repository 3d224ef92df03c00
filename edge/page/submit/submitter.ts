import { limits } from "../../src/generated/limits.js";
import { byId } from "../dom.js";
import type { Features, Source } from "../images/image-request.js";

/** Submits images with the features that are chosen in the form. */
export type Submit = (sources: readonly Source[]) => void;

/** The features chosen in the form; none: the edge's default. */
export function chosenFeatures(): Features {
  const form = byId("submit", HTMLFormElement);
  const chosen = new FormData(form).getAll("feature");
  return limits.features.filter((feature) => chosen.includes(feature));
}

export function fileSources(files: Iterable<File>): Source[] {
  return Array.from(files, (file) => ({ kind: "file", file }));
}

export function urlSources(urls: readonly string[]): Source[] {
  return urls.map((url) => ({ kind: "url", url }));
}
