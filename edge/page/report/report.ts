import { byId, el } from "../dom.js";
import { shortNames } from "./names.js";
import { OUTCOMES } from "./outcome.js";
import { readHeader, readImages } from "./report-data.js";
import { ReportEntry } from "./report-entry.js";
import { showFailures, showHeading } from "./summary.js";
import { showTimeline, spanOfAll } from "./timeline-chart.js";

// Fills the report of the command line, a single HTML file (report.html), from the data in it.

const BATCH = 25;

const images = readImages(document);
const { commonFolder, names } = shortNames(images.map(({ input }) => input));
const entries = images
  .map((image, index) => new ReportEntry(image, index + 1, names[index] ?? image.input))
  .sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
const span = spanOfAll(images.map(({ history }) => history));

showHeading(entries, span, readHeader(document).createdAt);
byId("common-folder", HTMLElement).hidden = commonFolder === "";
byId("common-folder-name", HTMLElement).textContent = commonFolder;
showFailures(entries);
showTimeline(entries, span);
void showCards();

/** In batches, so that the first ones are there at once, however many follow. */
async function showCards(): Promise<void> {
  const list = byId("images", HTMLElement);
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH);
    list.append(...batch.map((entry) => el("li", {}, entry.card())));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

// What has not been scrolled to is printed, too.
addEventListener("beforeprint", () => entries.forEach((entry) => void entry.loadImage()));
