// Generated from common-events' JSON Schemas by `npm run generate`. Do not edit.

/** Drives `download`: the first message of a task, published by the edge. */
export interface DownloadRequested {
  readonly input:
    | {
        /** any absolute http or https URL, as the user gave it; `download` judges it */
        readonly imageUrl: string;
      }
    | {
        /** the edge's random name for it, `[A-Za-z0-9_-]{16,64`} */
        readonly uploadId: string;
      };
  readonly features?: readonly string[];
  /** why the image is not to be analysed, as in `budget_exceeded`; absent where it is */
  readonly skipAnalysis?: string;
}

/** Drives `metadata`. */
export interface MetadataRequested {
  /** One generation of an object in Cloud Storage: these very bytes, whatever is written later. */
  readonly object: {
    readonly bucket: string;
    readonly name: string;
    /** Cloud Storage's number for this version, greater than 0 */
    readonly generation: number;
  };
  /** the sniffed type, as in `image/jpeg` */
  readonly contentType: string;
  readonly sizeBytes: number;
  /** of the object's bytes, 64 lower-case hex digits */
  readonly sha256: string;
  readonly features?: readonly string[];
}

/** Drives `ai`. */
export interface AiRequested {
  /** One generation of an object in Cloud Storage: these very bytes, whatever is written later. */
  readonly object: {
    readonly bucket: string;
    readonly name: string;
    /** Cloud Storage's number for this version, greater than 0 */
    readonly generation: number;
  };
  /** the sniffed type, as in `image/jpeg` */
  readonly contentType: string;
  readonly sizeBytes: number;
  /** of the object's bytes, 64 lower-case hex digits */
  readonly sha256: string;
  /** of the primary image as stored, before orientation, in pixels */
  readonly width: number;
  /** of the primary image as stored, before orientation, in pixels */
  readonly height: number;
  readonly features?: readonly string[];
}

/** The image lies in the images bucket. */
export interface ImageDownloaded {
  /** One generation of an object in Cloud Storage: these very bytes, whatever is written later. */
  readonly object: {
    readonly bucket: string;
    readonly name: string;
    /** Cloud Storage's number for this version, greater than 0 */
    readonly generation: number;
  };
  /** the sniffed type, as in `image/jpeg` */
  readonly contentType: string;
  readonly sizeBytes: number;
  /** of the object's bytes, 64 lower-case hex digits */
  readonly sha256: string;
}

/** What the image says of itself. No GPS and no full EXIF: who may see more reads the task document. */
export interface MetadataExtracted {
  /** of the primary image as stored, before orientation, in pixels */
  readonly width: number;
  /** of the primary image as stored, before orientation, in pixels */
  readonly height: number;
  /** EXIF's, 1 to 8; 1 where the file has none */
  readonly orientation: number;
  /** ISO 8601 local time, with an offset only if the file has one */
  readonly capturedAt?: string;
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  readonly lens?: string;
  readonly keywords?: readonly string[];
}

/** What the analysis found, in short: of the recognised text only its length. */
export interface AiAnalyzed {
  /** who analysed, as in `vision` */
  readonly provider: string;
  /** what was requested */
  readonly features?: readonly string[];
  readonly labels?: readonly {
    readonly name: string;
    /** 0 to 1 */
    readonly confidence: number;
  }[];
  readonly objects?: readonly {
    readonly name: string;
    /** 0 to 1 */
    readonly confidence: number;
  }[];
  /** of the recognised text, in Unicode code points */
  readonly textLength?: number;
  /** dominant ones first, as `#rrggbb` */
  readonly colors?: readonly string[];
  /** why there was no analysis at all, where there was none */
  readonly skipped?: string;
}

/** The chain has ended well. */
export interface TaskCompleted {
  readonly contentType: string;
  /** of the primary image as stored, in pixels; absent where the chain read no metadata */
  readonly width?: number;
  /** of the primary image as stored, in pixels; absent where the chain read no metadata */
  readonly height?: number;
  readonly sizeBytes: number;
  /** of the object's bytes, 64 lower-case hex digits */
  readonly sha256: string;
  /** from the task's document being created to its last stage's completion */
  readonly durationMs: number;
}

/** The task has failed for good. */
export interface TaskFailed {
  /** the stage that failed, whoever publishes this */
  readonly stage: string;
  readonly code: string;
  /** a sentence for people; it holds no URL and no text of the user's */
  readonly message: string;
}

/** Runs a failed task's failed stage again; the message's run is the new one. */
export interface TaskRedrive {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly operationId: string;
}

/** Ends a task that has not ended, with the code `cancelled`. */
export interface TaskCancel {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly operationId: string;
}

/** Deletes a task with everything that belongs to it, and keeps its id from being used again. */
export interface TaskDelete {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly operationId: string;
  /** of the upload that was its image, which goes with the last task that uses it */
  readonly uploadId?: string;
}

/** A webhook endpoint receives nothing any more until its owner switches it on again. The envelope's `taskId` is the webhook's id, its `run` counts how often the endpoint was disabled. */
export interface WebhookDisabled {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly webhookId: string;
  /** `gone`: it answered 410; `failing`: five days of failures. An open set */
  readonly reason: string;
  /** Unix time in milliseconds of the first failure since the last success */
  readonly failingSince: number;
  /** HTTP status of the last answer; absent where there was none */
  readonly lastStatus?: number;
}

/** An owner wants mail at an address that is not known to be theirs: a mail there asks whether it is. The edge alone knows the address and the link. The envelope's `taskId` is the request's id. */
export interface MailConfirmationRequested {
  /** which the edge names as long as the address waits */
  readonly requestId: string;
}

/** An owner has confirmed an upload: the object is in the images bucket, of the size and type that were declared. The envelope's `taskId` is the upload's id. */
export interface MediaUploadCompleted {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly uploadId: string;
  /** One generation of an object in Cloud Storage: these very bytes, whatever is written later. */
  readonly object: {
    readonly bucket: string;
    readonly name: string;
    /** Cloud Storage's number for this version, greater than 0 */
    readonly generation: number;
  };
  /** as it was declared; nobody has looked at the bytes yet */
  readonly contentType: string;
  readonly sizeBytes: number;
}

/** A day's budget of analyses is used up: tasks are not analysed until the next day (UTC). Once a day. The envelope's `taskId` is the id of that day's budget; the event is about no owner's account. */
export interface BudgetExceeded {
  /** whose budget it is; absent where it is that of all channels */
  readonly channel?: string;
  /** of UTC, as in `2026-11-26` */
  readonly day: string;
  /** of the budget that are taken, in units of the provider of analyses */
  readonly units: number;
  /** what there is for a day, in units */
  readonly budget: number;
}

/** Of an owner's account nothing personal is left at the edge, and each of its tasks was deleted: whoever keeps something of the owner's elsewhere deletes it now. The envelope's `taskId` is the operation's id. */
export interface AccountDeleted {
  /** `^[A-Za-z0-9_-]{16,64}$` */
  readonly operationId: string;
  /** how many there were */
  readonly tasks: number;
}

/** The payload of each type of event. */
export interface Payloads {
  readonly "download.requested": DownloadRequested;
  readonly "metadata.requested": MetadataRequested;
  readonly "ai.requested": AiRequested;
  readonly "image.downloaded": ImageDownloaded;
  readonly "metadata.extracted": MetadataExtracted;
  readonly "ai.analyzed": AiAnalyzed;
  readonly "task.completed": TaskCompleted;
  readonly "task.failed": TaskFailed;
  readonly "task.redrive": TaskRedrive;
  readonly "task.cancel": TaskCancel;
  readonly "task.delete": TaskDelete;
  readonly "webhook.disabled": WebhookDisabled;
  readonly "mail.confirmation_requested": MailConfirmationRequested;
  readonly "media.upload.completed": MediaUploadCompleted;
  readonly "budget.exceeded": BudgetExceeded;
  readonly "account.deleted": AccountDeleted;
}

export type EventType = keyof Payloads;
export type PayloadOf<T extends EventType> = Payloads[T];

/** The body of every Pub/Sub message of iN. */
export interface INEvent<T extends EventType, P = PayloadOf<T>> {
  /** `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$` */
  readonly eventId: string;
  readonly eventType: T;
  /** `^(?!__.*__$)[A-Za-z0-9_-]{16,64}$` */
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
