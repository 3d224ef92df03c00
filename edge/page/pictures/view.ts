import type { Status, TaskError } from "../../src/tasks/summary.js";

/** The body of `GET /v1/tasks/{taskId}`, as far as it is shown here (docs/contract.md). */
export interface View {
  readonly taskId: string;
  readonly status: Status;
  /** While it goes on: the last stage that ended. Of a failure: the stage that failed. */
  readonly stage?: string;
  /** ISO 8601, by the edge's clock, as is `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly overdue?: boolean;
  readonly result?: Result;
  readonly error?: TaskError;
}

export interface Result {
  readonly contentType?: string;
  readonly sizeBytes?: number;
  readonly sha256?: string;
  /** Pixels as stored, before orientation. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly metadata?: Metadata;
  readonly analysis?: Analysis;
}

export interface Metadata {
  /** EXIF's, 1 to 8. */
  readonly orientation: number;
  readonly colorProfile?: string;
  readonly capturedAt?: string;
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  readonly lens?: string;
  readonly exposure?: Exposure;
  readonly gps?: Gps;
  readonly keywords: readonly string[];
  readonly truncated?: boolean;
}

export interface Exposure {
  readonly timeSeconds?: number;
  readonly fNumber?: number;
  readonly iso?: number;
  readonly focalLengthMm?: number;
}

export interface Gps {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitudeMeters?: number;
}

export interface Analysis {
  readonly provider: string;
  readonly features: readonly string[];
  readonly text?: { readonly full: string; readonly lines: readonly Line[] };
  readonly colors?: readonly Color[];
  readonly labels?: readonly Label[];
  readonly objects?: readonly Found[];
  readonly faces?: readonly Found[];
  readonly safeSearch?: Readonly<Record<string, string>>;
  readonly unavailable: readonly string[];
  readonly skipped?: string;
}

export interface Line {
  readonly text: string;
  readonly confidence: number;
  readonly box: Box;
}

export interface Color {
  /** `#1e90ff` */
  readonly rgb: string;
  readonly score: number;
  /** 0 to 1. */
  readonly pixelFraction: number;
}

export interface Label {
  readonly name: string;
  readonly confidence: number;
}

export interface Found extends Label {
  readonly box: Box;
}

/** In pixels of the picture as stored. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
