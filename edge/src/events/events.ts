/** Every kind of analysis that may be asked for, in the order in which they are shown. */
export const FEATURES = ["text", "colors", "labels", "objects", "faces", "safeSearch"] as const;
export type Feature = (typeof FEATURES)[number];

export const PRIORITIES = ["high", "normal", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How a task came in. */
export const CHANNELS = ["web", "cli", "api"] as const;
export type Channel = (typeof CHANNELS)[number];

export type ImageInput = { readonly imageUrl: string } | { readonly uploadId: string };

export interface DownloadRequested {
  readonly input: ImageInput;
  readonly features: readonly Feature[];
}

/** What each type of event says. The edge writes only these; it reads none. */
export interface Payloads {
  readonly "download.requested": DownloadRequested;
}

export type EventType = keyof Payloads;
export type PayloadOf<T extends EventType> = Payloads[T];

/** The body of every Pub/Sub message of iN. */
export interface INEvent<T extends EventType, P = PayloadOf<T>> {
  readonly eventId: string;
  readonly eventType: T;
  readonly taskId: string;
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly source: string;
  readonly payload: P;
  readonly run: number;
  readonly schemaVersion: number;
}
