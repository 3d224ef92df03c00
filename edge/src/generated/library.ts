// Generated from common-events' library-entry.schema.json by `npm run generate`. Do not edit.

/** All that an owner's library holds of one task that has ended, built by `tag-indexer` from the task's document. It replaces what the library has of the task, unless that has a greater version; of a failed task it holds what the completed stages found. */
export interface LibraryEntry {
  /** the task's run: greater with each redrive */
  readonly version: number;
  /** `completed` or `failed` */
  readonly status: string;
  /** of the task, Unix time in milliseconds */
  readonly createdAt: number;
  /** of a failed task */
  readonly failureCode?: string;
  /** as the user's file, or the last segment of the image's URL, is named */
  readonly fileName?: string;
  /** detected from the bytes, as in `image/jpeg` */
  readonly contentType?: string;
  /** of the file */
  readonly sizeBytes?: number;
  /** of the primary image as stored, before orientation, in pixels */
  readonly width?: number;
  /** of the primary image as stored, before orientation, in pixels */
  readonly height?: number;
  /** the recognised words, each once, in reading order, separated by single spaces */
  readonly text?: string;
  /** names of what was recognised: labels and objects, each once, surest first */
  readonly labels?: readonly string[];
  /** that the file itself has */
  readonly keywords?: readonly string[];
  /** basic English colour terms of the dominant colours, each once, dominant first */
  readonly colors?: readonly string[];
  /** make and model */
  readonly camera?: string;
  /** the lens model */
  readonly lens?: string;
  /** where the image was taken */
  readonly place?: Place;
  /** when the image was taken, local to the camera, as in `2026-11-26` */
  readonly day?: string;
}

/** WGS 84. */
export interface Place {
  /** degrees, north positive */
  readonly latitude: number;
  /** degrees, east positive */
  readonly longitude: number;
}
