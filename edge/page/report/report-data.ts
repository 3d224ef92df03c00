import type { TaskResult } from "../../src/generated/result.js";
import type { TaskError } from "../../src/tasks/summary.js";
import type { TaskState } from "../result/task-view.js";

// What the command line writes into the report, as JSON: runner's Report.java.

/** The report as a whole. */
export interface ReportHeader {
  /** When it was written, ISO 8601. */
  readonly createdAt: string;
}

/** One input of the run. */
export interface ReportImage {
  /** A path or a URL, as the user gave it. */
  readonly input: string;
  /** Absent: it never became a task. */
  readonly taskId?: string;
  readonly status: string;
  readonly result?: TaskResult;
  readonly error?: TaskError;
  /** Everything that the edge has reported, oldest first. */
  readonly history: readonly TaskState[];
  /** Absent where no image was kept. */
  readonly thumbnail?: Thumbnail;
}

/** The image as the report shows it, or why it cannot. */
export type Thumbnail =
  | {
      readonly contentType: string;
      /** The EXIF orientation by which it was turned upright; absent: the browser does that. */
      readonly orientation?: number;
      /** Its bytes. */
      readonly base64: string;
    }
  | { readonly unavailable: string };

/** @param document report.html, with the data in script elements that are not executed */
export function readHeader(document: Document): ReportHeader {
  return JSON.parse(document.querySelector("#report-header")?.textContent ?? "{}") as ReportHeader;
}

/** One image each, so that the command line never holds all of them in memory. */
export function readImages(document: Document): ReportImage[] {
  return Array.from(
    document.querySelectorAll("script.report-image"),
    ({ textContent }) => JSON.parse(textContent) as ReportImage,
  );
}
