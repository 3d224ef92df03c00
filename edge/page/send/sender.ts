import { FEATURES } from "../../src/generated/events.js";
import type { Source } from "../pictures/order.js";
import { byId } from "../dom.js";

/** Takes pictures, each to be looked at as the form says. */
export type Send = (sources: readonly Source[]) => void;

/** What the form says is to be looked for; nothing: let the edge decide. */
export function wantedFeatures(): readonly string[] {
  const form = byId("send", HTMLFormElement);
  const wanted = new FormData(form).getAll("feature");
  return FEATURES.filter((feature) => wanted.includes(feature));
}

export function fileSources(files: Iterable<File>): Source[] {
  return Array.from(files, (file) => ({ kind: "file", file }));
}

export function addressSources(urls: readonly string[]): Source[] {
  return urls.map((url) => ({ kind: "address", url }));
}
