// Generated from common-events' JSON Schemas by `npm run generate`. Do not edit.

/** Every kind of analysis that may be asked for, in the order in which they are shown. */
export const FEATURES = ["text", "colors", "labels", "objects", "faces", "safeSearch"] as const;

export interface DownloadRequested {
  readonly input:
    | { readonly imageUrl: string }
    | {
        /** `^[A-Za-z0-9_-]{16,64}$` */
        readonly uploadId: string;
      };
  readonly features?: readonly string[];
}

export interface MetadataRequested {
  readonly object: { readonly bucket: string; readonly name: string; readonly generation: number };
  readonly contentType: string;
  readonly sizeBytes: number;
  /** `^[0-9a-f]{64}$` */
  readonly sha256: string;
  readonly features?: readonly string[];
}

export interface AiRequested {
  readonly object: { readonly bucket: string; readonly name: string; readonly generation: number };
  readonly contentType: string;
  readonly sizeBytes: number;
  /** `^[0-9a-f]{64}$` */
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly features?: readonly string[];
}

export interface ImageDownloaded {
  readonly object: { readonly bucket: string; readonly name: string; readonly generation: number };
  readonly contentType: string;
  readonly sizeBytes: number;
  /** `^[0-9a-f]{64}$` */
  readonly sha256: string;
}

export interface MetadataExtracted {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly capturedAt?: string;
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  readonly lens?: string;
  readonly keywords?: readonly string[];
}

export interface AiAnalyzed {
  readonly provider: string;
  readonly features?: readonly string[];
  readonly labels?: readonly { readonly name: string; readonly confidence: number }[];
  readonly objects?: readonly { readonly name: string; readonly confidence: number }[];
  readonly textLength?: number;
  readonly colors?: readonly string[];
  readonly skipped?: string;
}

export interface TaskCompleted {
  readonly contentType: string;
  readonly width?: number;
  readonly height?: number;
  readonly sizeBytes: number;
  /** `^[0-9a-f]{64}$` */
  readonly sha256: string;
  readonly durationMs: number;
}

export interface TaskFailed {
  readonly stage: string;
  readonly code: string;
  readonly message: string;
}

/** What each type of event says. */
export interface Payloads {
  readonly "download.requested": DownloadRequested;
  readonly "metadata.requested": MetadataRequested;
  readonly "ai.requested": AiRequested;
  readonly "image.downloaded": ImageDownloaded;
  readonly "metadata.extracted": MetadataExtracted;
  readonly "ai.analyzed": AiAnalyzed;
  readonly "task.completed": TaskCompleted;
  readonly "task.failed": TaskFailed;
}

export type EventType = keyof Payloads;
export type PayloadOf<T extends EventType> = Payloads[T];

/** The body of every Pub/Sub message of iN. */
export interface INEvent<T extends EventType, P = PayloadOf<T>> {
  /** `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$` */
  readonly eventId: string;
  readonly eventType: T;
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly taskId: string;
  /** `^[0-9a-f]{32}$` */
  readonly traceId: string;
  /** Unix time in milliseconds */
  readonly timestamp: number;
  readonly source: string;
  readonly payload: P;
  readonly run?: number;
  readonly schemaVersion?: number;
}
