import { byId, el, svg } from "../dom.js";
import { duration } from "../result/format.js";
import { statusText } from "../result/result-card.js";
import type { TaskState } from "../result/task-view.js";
import { lengthOf, type Span, spanOf, timeline } from "../result/timeline.js";
import { statusOf, totalMs } from "./outcome.js";
import type { ReportEntry } from "./report-entry.js";

/** Of the chart's view box, whose height is 1. */
const WIDTH = 1000;
/** Narrower ones could not be seen. */
const MIN_BAR_WIDTH = 2;
/** With more images the chart is closed at first. */
const MAX_IMAGES_WHEN_OPEN = 24;

/** A stage, or a failure, on the time axis of the whole run. */
interface Bar {
  readonly kind: string;
  readonly span: Span;
}

/** From the first submission to the last report; undefined: nothing was reported. */
export function spanOfAll(histories: readonly (readonly TaskState[])[]): Span | undefined {
  const spans = histories.flatMap((history) => history.map(spanOf));
  return spans.length === 0
    ? undefined
    : {
        from: spans.reduce((earliest, { from }) => Math.min(earliest, from), Infinity),
        to: spans.reduce((latest, { to }) => Math.max(latest, to), -Infinity),
      };
}

/** The part of each stage in each image's time. Its rows are made when it is first opened. */
export function showTimeline(entries: readonly ReportEntry[], span: Span | undefined): void {
  const details = byId("timeline", HTMLDetailsElement);
  details.hidden = span === undefined;
  details.open = entries.length <= MAX_IMAGES_WHEN_OPEN;
  const fill = (): void => {
    const rows = byId("timeline-rows", HTMLElement);
    if (details.open && span !== undefined && rows.childElementCount === 0) {
      rows.append(...entries.map((entry) => row(entry, span)));
    }
  };
  details.addEventListener("toggle", fill);
  fill();
}

function row(entry: ReportEntry, whole: Span): HTMLElement {
  const { image } = entry;
  const status = statusOf(image);
  const total = totalMs(image);
  const text = status.state === "done" && total !== undefined ? duration(total) : status.text;
  return el(
    "li",
    {},
    entry.link(),
    el("span", { class: "status", "data-state": status.state }, ...statusText({ ...status, text })),
    image.history.length === 0 ? undefined : chart(barsOf(image.history), whole),
  );
}

function barsOf(history: readonly TaskState[]): Bar[] {
  const steps = timeline(history);
  const bars = steps.flatMap(({ name, span }): Bar[] =>
    span === undefined ? [] : [{ kind: name, span }],
  );
  const last = history.at(-1);
  if (last?.status !== "failed") {
    return bars;
  }
  // From the last step that is done to the end.
  const { from, to } = spanOf(last);
  return [...bars, { kind: "failed", span: { from: bars.at(-1)?.span.to ?? from, to } }];
}

function chart(bars: readonly Bar[], whole: Span): SVGSVGElement {
  const words = bars.map(({ kind, span }) => `${kind} ${duration(lengthOf(span))}`).join(", ");
  return svg(
    "svg",
    {
      class: "bars",
      viewBox: `0 0 ${WIDTH} 1`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `Time: ${words}`,
    },
    ...bars.map(({ kind, span }) => bar(kind, span, whole)),
  );
}

function bar(kind: string, { from, to }: Span, whole: Span): SVGRectElement {
  const scale = WIDTH / Math.max(lengthOf(whole), 1);
  const width = Math.max((to - from) * scale, MIN_BAR_WIDTH);
  const x = Math.min((from - whole.from) * scale, WIDTH - width);
  return svg("rect", { class: `bar ${kind}`, x: x.toFixed(1), width: width.toFixed(1), height: 1 });
}
