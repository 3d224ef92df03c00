import { byId, el } from "../dom.js";
import { sentencesFor } from "../result/failure-sentences.js";
import { duration } from "../result/format.js";
import { lengthOf, type Span } from "../result/timeline.js";
import { OUTCOME_WORDS, OUTCOMES } from "./outcome.js";
import type { ReportEntry } from "./report-entry.js";

/** The heading: how many images, how they ended, how long it took, and when. */
export function showHeading(
  entries: readonly ReportEntry[],
  span: Span | undefined,
  createdAt: string,
): void {
  const heading = counted(entries.length);
  const counts = OUTCOMES.toReversed().flatMap((outcome) => {
    const count = entries.filter((entry) => entry.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${OUTCOME_WORDS[outcome]}`];
  });
  const time = span === undefined ? "" : ` in ${duration(lengthOf(span))}`;
  const summary = `${counts.join(", ")}${time}`;
  byId("heading", HTMLElement).textContent = heading;
  byId("summary", HTMLElement).append(
    `${summary}. `,
    el("time", { datetime: createdAt }, dateAndTime(createdAt)),
  );
  document.title = `iN: ${heading}, ${summary}`;
}

/** What failed, by code, the most frequent first; each with its images. */
export function showFailures(entries: readonly ReportEntry[]): void {
  const byCode = new Map<string, ReportEntry[]>();
  for (const entry of entries) {
    const { error } = entry.image;
    if (error !== undefined) {
      byCode.set(error.code, [...(byCode.get(error.code) ?? []), entry]);
    }
  }
  byId("failures", HTMLElement).hidden = byCode.size === 0;
  byId("failure-codes", HTMLElement).append(
    ...[...byCode]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([code, failed]) =>
        el(
          "li",
          {},
          el(
            "p",
            {},
            el("code", {}, code),
            `: ${counted(failed.length)}. ${sentencesFor(code).happened}`,
          ),
          el("ul", { class: "named" }, ...failed.map((entry) => el("li", {}, entry.link()))),
        ),
      ),
  );
}

function counted(images: number): string {
  return images === 1 ? "1 image" : `${images} images`;
}

/** In the reader's own time zone. */
function dateAndTime(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(new Date(iso));
}
