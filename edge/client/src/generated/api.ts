// Generated from docs/openapi.json by `npm run generate`. Do not edit.

/** What iN found out about an image: docs/contract.md, `result`. Of a failed task it holds what the completed stages found. */
export type TaskResult = {
  /** detected from the bytes, as in `image/jpeg` */
  readonly contentType?: string;
  /** of the file */
  readonly sizeBytes?: number;
  /** of the file, 64 lower-case hex digits */
  readonly sha256?: string;
  /** of the primary image as stored, before orientation, in pixels */
  readonly width?: number;
  /** of the primary image as stored, before orientation, in pixels */
  readonly height?: number;
  readonly metadata?: Metadata;
  readonly analysis?: Analysis;
  /** from the task's creation to its end */
  readonly durationMs: number;
};

/** What an analysis found in an image. A feature that was not requested, or is unavailable, is absent; one that was looked for and not found is an empty list. */
export type Analysis = {
  /** who analysed, as in `vision` */
  readonly provider: string;
  /** what was requested */
  readonly features?: readonly string[];
  readonly text?: TextFindings;
  /** dominant ones first */
  readonly colors?: readonly ColorShare[];
  readonly labels?: readonly Label[];
  readonly objects?: readonly Detection[];
  readonly faces?: readonly Detection[];
  readonly safeSearch?: SafeSearch;
  /** what was requested and the provider cannot give */
  readonly unavailable?: readonly string[];
  /** why there was no analysis at all, where there was none */
  readonly skipped?: string;
  /** whether findings were left out because the result would have been too long */
  readonly truncated?: boolean;
};

/** An upright rectangle in pixels of the image as stored, before orientation. */
export type Box = {
  /** of the upper left corner */
  readonly x: number;
  /** of the upper left corner */
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A dominant colour. */
export type ColorShare = {
  /** as in `#1e90ff` */
  readonly rgb: string;
  /** the provider's weight of it, 0 to 1 */
  readonly score: number;
  /** its share of the pixels, 0 to 1 */
  readonly pixelFraction: number;
};

/** What people wrote into an image file about it, by the terms of the IPTC Photo Metadata Standard. Of XMP, IPTC-IIM and EXIF the first one that has a value counts: editors write XMP, cameras EXIF. */
export type Description = {
  /** `dc:title`, IIM 2:05 or Windows' XPTitle */
  readonly title?: string;
  /** `dc:description`, IIM 2:120 or EXIF's ImageDescription */
  readonly caption?: string;
  /** `dc:creator`, IIM 2:80 or EXIF's Artist */
  readonly creators?: readonly string[];
  /** `dc:rights`, IIM 2:116 or EXIF's Copyright */
  readonly copyright?: string;
  /** `xmp:Rating` or Windows' Rating: stars from 1 to 5, 0 without, -1 for a reject */
  readonly rating?: number;
  /** `Iptc4xmpExt:DigitalSourceType`, the term of IPTC's vocabulary, as in `trainedAlgorithmicMedia` for what a model made */
  readonly digitalSourceType?: string;
};

/** An object or a face and its place; of a face the name is `face`. */
export type Detection = {
  readonly name: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly box: Box;
};

/** A direction on the map. */
export type Direction = {
  /** clockwise from north, from 0 to below 360 */
  readonly degrees: number;
  /** whether north is the compass's rather than the pole's */
  readonly magnetic?: boolean;
};

/** How an image was taken. */
export type Exposure = {
  /** shutter time */
  readonly timeSeconds?: number;
  /** aperture, the N of f/N */
  readonly fNumber?: number;
  /** sensitivity */
  readonly iso?: number;
  /** of the lens itself, in millimetres */
  readonly focalLengthMm?: number;
};

/** The images of a file that has several: the frames of an animated GIF, PNG or WebP, the pages of a TIFF without reduced copies. The first is the one that has the result's size and is analysed. */
export type Frames = {
  /** of them; of a truncated file those that are there */
  readonly count: number;
  /** how long all frames are shown once, as the file says; pages have none */
  readonly durationMs?: number;
};

/** Where an image was taken, WGS 84. */
export type Gps = {
  /** degrees, north positive */
  readonly latitude: number;
  /** degrees, east positive */
  readonly longitude: number;
  /** above sea level, below it negative */
  readonly altitudeMeters?: number;
  /** where the camera pointed */
  readonly direction?: Direction;
  /** as the file names it; one that is not within metres of WGS 84 leaves no place at all */
  readonly datum?: string;
};

/** Something that describes the whole image. */
export type Label = {
  readonly name: string;
  /** 0 to 1 */
  readonly confidence: number;
};

/** What an image file says about itself. */
export type Metadata = {
  /** EXIF's, 1 to 8; 1 where the file has none */
  readonly orientation: number;
  /** the embedded profile's name */
  readonly colorProfile?: string;
  /** ISO 8601 local time, with an offset only if the file has one */
  readonly capturedAt?: string;
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  /** the lens model */
  readonly lens?: string;
  readonly exposure?: Exposure;
  readonly gps?: Gps;
  /** from IPTC, XMP and EXIF */
  readonly keywords?: readonly string[];
  /** what people wrote into it */
  readonly description?: Description;
  /** of a file with several */
  readonly frames?: Frames;
  /** whether the file ends before all its pixels */
  readonly truncated?: boolean;
};

/** Likelihoods in Vision's words, `VERY_UNLIKELY` to `VERY_LIKELY`, or `UNKNOWN`. */
export type SafeSearch = {
  readonly adult: string;
  readonly spoof: string;
  readonly medical: string;
  readonly violence: string;
  readonly racy: string;
};

/** Recognised text. */
export type TextFindings = {
  /** all of it, lines separated by `\n` */
  readonly full: string;
  /** each with its place in the image */
  readonly lines?: readonly TextLine[];
  /** whether lines were left out because there were too many */
  readonly truncated?: boolean;
};

/** A line of text. */
export type TextLine = {
  readonly text: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly box: Box;
};

export type FeedEntry = {
  /** Grows with every entry; the cursor to resume after it */
  readonly seq: number;
  /** The set is open */
  readonly type: string;
  readonly taskId?: string;
  readonly batchId?: string;
  /** When it happened */
  readonly timestamp: string;
  /** Of a task what `GET /v1/tasks/{taskId}` said at that time, without `result`; of `task.indexed` and `task.deleted` its id alone */
  readonly data: {
    readonly taskId: string;
    readonly status?: "submitted" | "processing_in_gcp" | "completed" | "failed";
    readonly stage?: string;
    readonly priority?: "high" | "normal" | "low";
    readonly createdAt?: string;
    readonly updatedAt?: string;
    readonly error?: { readonly code: string; readonly message: string; readonly stage?: string };
  };
};

export type AcceptedTask = {
  readonly taskId: string;
  readonly status: "submitted";
  readonly links: {
    readonly self: string;
    readonly events: string;
    readonly ws: string;
    readonly image: string;
  };
};

/** RFC 9457 */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What was wrong with this request */
  readonly detail: string;
  /** What to rely on. The set is open */
  readonly code: string;
};

/** Exactly one of `imageUrl` and `uploadId` is needed. Null counts as left out */
export type Submission = {
  /** An absolute http or https URL */
  readonly imageUrl?: string | undefined;
  readonly uploadId?: string | undefined;
  /** As the file is named: lists show it, and search finds it. Left out: as its upload was declared */
  readonly fileName?: string | undefined;
  /** Left out: text, colors */
  readonly features?:
    readonly ("text" | "colors" | "labels" | "objects" | "faces" | "safeSearch")[] | undefined;
  /** Left out: the channel's default, normal unless it says otherwise */
  readonly priority?: "high" | "normal" | "low" | undefined;
  /** Where this task's end is sent, signed with the account's default secret: an https URL with a public host name */
  readonly webhookUrl?: string | undefined;
};

export type Task = {
  readonly taskId: string;
  readonly status: "submitted" | "processing_in_gcp" | "completed" | "failed";
  /** The stage that was completed or failed */
  readonly stage?: string;
  readonly priority: "high" | "normal" | "low";
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Nothing was reported for long */
  readonly overdue?: true;
  readonly result?: TaskResult;
  readonly error?: { readonly code: string; readonly message: string; readonly stage?: string };
};

export type CreatedBatch = {
  readonly batchId: string;
  readonly links: { readonly self: string; readonly items: string };
};

export type NewBatch = {
  readonly name?: string | undefined;
  /** Left out: the channel's default, normal unless it says otherwise */
  readonly priority?: "high" | "normal" | "low" | undefined;
  /** Of items that name none. Left out: text, colors */
  readonly features?:
    readonly ("text" | "colors" | "labels" | "objects" | "faces" | "safeSearch")[] | undefined;
};

export type Batch = {
  readonly batchId: string;
  readonly name?: string;
  /** `open`: it takes items; `processing`: it is sealed; `failed`: every item has failed */
  readonly status: "open" | "processing" | "completed" | "failed" | "cancelled";
  readonly priority: "high" | "normal" | "low";
  readonly features: readonly string[];
  readonly counts: {
    readonly total: number;
    readonly waiting: number;
    readonly processing: number;
    readonly completed: number;
    readonly failed: number;
    readonly cancelled: number;
  };
  /** Failed items, by code */
  readonly failures: Readonly<Record<string, number>>;
  /** Items that end in a second, over the last minute; left out where none has */
  readonly rate?: number;
  /** When the items that are there will have ended, at this rate */
  readonly eta?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly sealedAt?: string;
  readonly cancelledAt?: string;
  readonly endedAt?: string;
  readonly links: { readonly self: string; readonly items: string };
};

export type AppendedItems = {
  readonly accepted: number;
  readonly rejected: readonly {
    /** From 1, in this chunk */
    readonly line: number;
    /** `invalid_json`, `invalid_item`, `batch_full` */
    readonly code: string;
    readonly message: string;
  }[];
};

/** Exactly one of `imageUrl` and `uploadId` is needed. Null counts as left out */
export type BatchLine = {
  /** An absolute http or https URL */
  readonly imageUrl?: string | undefined;
  readonly uploadId?: string | undefined;
  /** As the file is named: lists show it, and search finds it. Left out: as its upload was declared */
  readonly fileName?: string | undefined;
  readonly features?:
    readonly ("text" | "colors" | "labels" | "objects" | "faces" | "safeSearch")[] | undefined;
};

export type BatchItems = {
  readonly items: readonly BatchItem[];
  /** Left out on the last page */
  readonly nextCursor?: string;
};

export type BatchItem = {
  /** From 1, in the order of appending */
  readonly position: number;
  readonly taskId: string;
  readonly status: "waiting" | "processing" | "completed" | "failed" | "cancelled";
  readonly imageUrl?: string;
  readonly uploadId?: string;
  readonly fileName?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly stage?: string };
};

export type LibraryPage = {
  readonly items: readonly LibraryItem[];
  /** Left out on the last page */
  readonly nextCursor?: string;
};

export type LibraryItem = {
  readonly taskId: string;
  readonly status: string;
  readonly stage?: string;
  readonly createdAt: string;
  readonly fileName?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly stage?: string };
  readonly contentType?: string;
  readonly sizeBytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly labels?: readonly string[];
  readonly keywords?: readonly string[];
  readonly colors?: readonly string[];
  readonly camera?: string;
  readonly lens?: string;
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** When the image was taken */
  readonly day?: string;
};

export type Account = {
  readonly owner: string;
  /** How many there are, by status */
  readonly tasks: Readonly<Record<string, number>>;
  /** The `seq` of the feed's latest entry */
  readonly cursor: number;
  readonly mail: Mail;
  /** What analyses may cost in a day, where there is a budget */
  readonly budgets: readonly Budget[];
};

export type Mail = {
  /** Left out where mail is off */
  readonly address?: string;
  /** Types of events; empty: mail is off. The set is open */
  readonly types: readonly string[];
  /** An address that waits for its confirmation by the link of a mail */
  readonly unconfirmed?: string;
};

export type Budget = {
  /** Whose it is: that of all users of this channel, or of all channels */
  readonly scope: "channel" | "all";
  /** In units of the provider of analyses: one for each feature of an image */
  readonly unitsPerDay: number;
  /** The same in US dollars, by list price */
  readonly dollarsPerDay: number;
  /** What no user has taken of it today; left out where it is not known at the moment */
  readonly unitsLeft?: number;
  /** Whether a task was not analysed today because it did not fit; left out as `unitsLeft` is */
  readonly exceeded?: boolean;
  /** When the next day begins */
  readonly resetsAt: string;
};

export type AccountChange = { readonly mail: MailRequest };

export type MailRequest = {
  /** Types of events; an empty list switches mail off */
  readonly types: readonly "webhook.disabled"[];
  /** Left out: the verified `email` of the token where users sign in, or else the one from before. Where users sign in, mail goes to another address than these two once it is confirmed by the link of a mail */
  readonly address?: string | undefined;
};

export type NewKey = {
  readonly keyId: string;
  readonly name: string;
  /** The set is open */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** Left out: never */
  readonly expiresAt?: string;
  /** The beginning of the hour of its last use; left out: not used yet */
  readonly lastUsedAt?: string;
  /** What `Authorization: Bearer` takes. It is shown here, once, and nowhere kept */
  readonly key: string;
};

export type KeyRequest = {
  /** For its owner */
  readonly name: string;
  /** What the key may do. Left out: all that its maker may, but `keys` */
  readonly scopes?:
    readonly ("tasks:read" | "tasks:write" | "webhooks" | "account" | "keys")[] | undefined;
  /** Left out: as its maker's, if that is a key, or never */
  readonly expiresAt?: string | undefined;
};

export type Key = {
  readonly keyId: string;
  readonly name: string;
  /** The set is open */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** Left out: never */
  readonly expiresAt?: string;
  /** The beginning of the hour of its last use; left out: not used yet */
  readonly lastUsedAt?: string;
};

export type Session = {
  /** Those whose users sign in here */
  readonly channels: readonly {
    /** For `GET /v1/session/signin` */
    readonly name: string;
    readonly title: string;
    /** For programs on the users' machines: an ID token of this client is a bearer token here */
    readonly cli?: {
      /** An OpenID Connect issuer */
      readonly issuer: string;
      /** A public client with a loopback redirect (RFC 8252) */
      readonly clientId: string;
      readonly scopes: readonly string[];
    };
  }[];
  /** Whether there are channels whose users bring ID tokens instead */
  readonly acceptsTokens: boolean;
  /** Left out: nobody is signed in */
  readonly user?: {
    readonly owner: string;
    /** The name of the channel */
    readonly channel: string;
    /** What to call the user */
    readonly name: string;
    /** From when on this route renews the session, if it is in use */
    readonly renewAt: string;
    readonly expiresAt: string;
  };
};

export type Upload = {
  readonly uploadId: string;
  readonly url: string;
  readonly method: "PUT";
  /** What the client must send, exactly */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
};

export type UploadRequest = {
  /** The image's: one of image/jpeg, image/png, image/gif, image/webp, image/tiff, image/bmp, image/heic, image/avif */
  readonly contentType: string;
  readonly size: number;
  /** As the file is named: of tasks that are submitted with this upload and name none */
  readonly fileName?: string | undefined;
};

export type CompletedUpload = {
  readonly uploadId: string;
  readonly contentType: string;
  readonly size: number;
  readonly fileName?: string;
  /** When it was confirmed first */
  readonly completedAt: string;
};

/** The only answer that has the secret */
export type NewWebhook = {
  readonly webhookId: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string;
  readonly enabled: boolean;
  /** Why it receives nothing, unless its owner has switched it off */
  readonly disabled?: {
    /** `gone` or `failing`. The set is open */
    readonly reason: string;
    readonly at: string;
    readonly failingSince: string;
    readonly lastStatus?: number;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** `whsec_…`, to verify what arrives */
  readonly secret: string;
};

export type WebhookRequest = {
  /** An absolute https URL with a public host name */
  readonly url: string;
  /** Left out, or `*`: every type, later ones included */
  readonly types?:
    | readonly (
        | "task.submitted"
        | "task.progress"
        | "task.completed"
        | "task.failed"
        | "task.redriven"
        | "task.indexed"
        | "task.deleted"
        | "*"
      )[]
    | undefined;
  /** For its owner */
  readonly description?: string | undefined;
};

export type Webhook = {
  readonly webhookId: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string;
  readonly enabled: boolean;
  /** Why it receives nothing, unless its owner has switched it off */
  readonly disabled?: {
    /** `gone` or `failing`. The set is open */
    readonly reason: string;
    readonly at: string;
    readonly failingSince: string;
    readonly lastStatus?: number;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** What is left out stays as it is */
export type WebhookChange = {
  /** An absolute https URL with a public host name */
  readonly url?: string | undefined;
  /** Left out, or `*`: every type, later ones included */
  readonly types?:
    | readonly (
        | "task.submitted"
        | "task.progress"
        | "task.completed"
        | "task.failed"
        | "task.redriven"
        | "task.indexed"
        | "task.deleted"
        | "*"
      )[]
    | undefined;
  /** For its owner */
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
};

export type WebhookSecret = {
  /** `whsec_…`, to verify what arrives */
  readonly secret: string;
};

export type WebhookDelivery = {
  /** The header `webhook-id` */
  readonly deliveryId: string;
  readonly type: string;
  readonly taskId?: string;
  readonly status: "pending" | "delivered" | "failed";
  readonly createdAt: string;
  readonly nextAttemptAt?: string;
  /** The latest 16, oldest first */
  readonly attempts: readonly {
    readonly at: string;
    readonly durationMs: number;
    /** What was answered, if anything */
    readonly status?: number;
    readonly error?: "timeout" | "unreachable" | "url_not_allowed";
  }[];
};

export type RecoverRequest = { readonly since: string };

export type StatusUpdate = {
  readonly eventId: string;
  readonly run: number;
  readonly status: "processing_in_gcp" | "completed" | "failed";
  readonly stage?: string | undefined;
  /** Unix time in milliseconds */
  readonly timestamp: number;
  readonly traceId: string;
  readonly result?: Readonly<Record<string, unknown>> | undefined;
  readonly error?:
    | { readonly code: string; readonly message: string; readonly stage?: string | undefined }
    | undefined;
};

export type Operation = {
  readonly taskId: string;
  readonly command: "redrive" | "cancel" | "delete";
  readonly operationId: string;
  /** Of a redrive the new run, else the run at that time */
  readonly run: number;
};

export type CommandRequest = {
  readonly command: "redrive" | "cancel" | "delete";
  /** Chosen by the caller: sent again under the same id a command is still one */
  readonly operationId: string;
};

export type LibraryEntry = {
  /** The task's run */
  readonly version: number;
  readonly status: string;
  /** Unix time in milliseconds */
  readonly createdAt: number;
  readonly failureCode?: string | undefined;
  readonly fileName?: string | undefined;
  readonly contentType?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly text?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly colors?: readonly string[] | undefined;
  readonly camera?: string | undefined;
  readonly lens?: string | undefined;
  readonly place?: { readonly latitude: number; readonly longitude: number } | undefined;
  readonly day?: string | undefined;
};

export type MailPreferences = {
  /** Left out where mail is off */
  readonly address?: string;
  /** Whether the address is the owner's */
  readonly confirmed: boolean;
  /** Types of events; empty: mail is off */
  readonly types: readonly string[];
  /** Switches mail off, by one POST (RFC 8058) */
  readonly unsubscribeUrl: string;
  /** An address that waits, and what confirms it */
  readonly confirmation?: {
    /** Of `mail.confirmation_requested` */
    readonly requestId: string;
    readonly address: string;
    readonly url: string;
  };
};

export type MailBounced = { readonly address: string };

export type AccountDeletion = {
  readonly owner: string;
  readonly operationId: string;
  readonly status: "deleting" | "deleted";
  readonly requestedAt: string;
  readonly finishedAt?: string;
  /** How many tasks there were */
  readonly tasks: number;
  /** What stays where, and for how many days */
  readonly remains: readonly {
    readonly store: string;
    readonly what: string;
    readonly days: number;
  }[];
};

export type AccountDeletionRequest = {
  /** Chosen by the caller: sent again it is still one deletion */
  readonly operationId: string;
};

/** What can be asked for, by method and path. */
export interface Operations {
  /** Is everything configured? */
  readonly "GET /healthz": {
    readonly input: Record<never, never> | undefined;
    readonly output: { readonly status: "healthy" };
  };
  /** Do Pub/Sub and Storage accept the edge's keys? Asked every ten seconds at most */
  readonly "GET /readyz": {
    readonly input: Record<never, never> | undefined;
    readonly output: { readonly status: "ready" };
  };
  /** Submit an image */
  readonly "POST /v1/tasks": {
    readonly input: {
      readonly headers?:
        | {
            /** The same key with the same body is the same task */
            readonly "Idempotency-Key"?: string | undefined;
            /** W3C Trace Context: the trace to continue */
            readonly traceparent?: string | undefined;
          }
        | undefined;
      readonly body: Submission;
    };
    readonly output: AcceptedTask;
  };
  /** List tasks */
  readonly "GET /v1/tasks": {
    readonly input:
      | {
          readonly query?:
            | {
                readonly status?:
                  "submitted" | "processing_in_gcp" | "completed" | "failed" | undefined;
                /** The `nextCursor` of the page before */
                readonly cursor?: string | undefined;
                readonly limit?: number | undefined;
              }
            | undefined;
        }
      | undefined;
    readonly output: LibraryPage;
  };
  /** Read a task */
  readonly "GET /v1/tasks/{taskId}": {
    readonly input: { readonly path: { readonly taskId: string } };
    readonly output: Task;
  };
  /** Delete a task with everything that belongs to it */
  readonly "DELETE /v1/tasks/{taskId}": {
    readonly input: { readonly path: { readonly taskId: string } };
    readonly output: undefined;
  };
  /** Read a task's image */
  readonly "GET /v1/tasks/{taskId}/image": {
    readonly input: { readonly path: { readonly taskId: string } };
    readonly output: Response;
  };
  /** Watch a task by server-sent events */
  readonly "GET /v1/tasks/{taskId}/events": {
    readonly input: {
      readonly path: { readonly taskId: string };
      readonly query?:
        | {
            /** `false`: what happened so far, then the end */
            readonly follow?: "true" | "false" | undefined;
          }
        | undefined;
      readonly headers?: { readonly "Last-Event-ID"?: string | undefined } | undefined;
    };
    readonly output: Response | undefined;
  };
  /** Watch a task over a WebSocket */
  readonly "GET /v1/tasks/{taskId}/ws": {
    readonly input: {
      readonly path: { readonly taskId: string };
      readonly query?: { readonly lastEventId?: string | undefined } | undefined;
      readonly headers?: { readonly "Last-Event-ID"?: string | undefined } | undefined;
    };
    readonly output: WebSocket | undefined;
  };
  /** Create a batch */
  readonly "POST /v1/batches": {
    readonly input:
      | {
          readonly headers?:
            | {
                /** The same key with the same body is the same task */
                readonly "Idempotency-Key"?: string | undefined;
              }
            | undefined;
          readonly body?: NewBatch | undefined;
        }
      | undefined;
    readonly output: CreatedBatch;
  };
  /** Read a batch */
  readonly "GET /v1/batches/{batchId}": {
    readonly input: { readonly path: { readonly batchId: string } };
    readonly output: Batch;
  };
  /** Say that all items are there */
  readonly "POST /v1/batches/{batchId}/seal": {
    readonly input: { readonly path: { readonly batchId: string } };
    readonly output: Batch;
  };
  /** Cancel what has not begun */
  readonly "POST /v1/batches/{batchId}/cancel": {
    readonly input: { readonly path: { readonly batchId: string } };
    readonly output: Batch;
  };
  /** Retry what has failed */
  readonly "POST /v1/batches/{batchId}/retry": {
    readonly input: { readonly path: { readonly batchId: string } };
    readonly output: Batch;
  };
  /** Append items */
  readonly "POST /v1/batches/{batchId}/items": {
    readonly input: {
      readonly path: { readonly batchId: string };
      readonly headers?:
        | {
            /** The same key with the same body is the same task */
            readonly "Idempotency-Key"?: string | undefined;
          }
        | undefined;
      readonly body: readonly BatchLine[];
    };
    readonly output: AppendedItems;
  };
  /** List items, in the order of appending */
  readonly "GET /v1/batches/{batchId}/items": {
    readonly input: {
      readonly path: { readonly batchId: string };
      readonly query?:
        | {
            readonly status?:
              "waiting" | "processing" | "completed" | "failed" | "cancelled" | undefined;
            /** The `nextCursor` of the page before */
            readonly cursor?: string | undefined;
            readonly limit?: number | undefined;
          }
        | undefined;
    };
    readonly output: BatchItems;
  };
  /** Search tasks by what was found in their images */
  readonly "GET /v1/search": {
    readonly input: {
      readonly query: {
        /** Words, which match as beginnings in file name, text, labels, keywords, colours, camera and lens, or `"some words"` next to each other. `camera:` and `color:` look there alone; `before:` and `after:` compare the day on which an image was taken, or else submitted; `status:` as in lists. All must hold */
        readonly q: string;
        /** The `nextCursor` of the page before */
        readonly cursor?: string | undefined;
        readonly limit?: number | undefined;
      };
    };
    readonly output: LibraryPage;
  };
  /** Read the account */
  readonly "GET /v1/account": {
    readonly input: Record<never, never> | undefined;
    readonly output: Account;
  };
  /** Choose which mail to receive, and where */
  readonly "PATCH /v1/account": {
    readonly input: { readonly body: AccountChange };
    readonly output: Account;
  };
  /** Follow everything that happens to one's tasks by server-sent events */
  readonly "GET /v1/events": {
    readonly input:
      | {
          readonly query?:
            | {
                /** The `seq` of the last entry that is known. `Last-Event-ID` comes first; without either the feed begins with the oldest entry that is kept */
                readonly cursor?: string | undefined;
                /** Only entries of these types */
                readonly types?: string | undefined;
              }
            | undefined;
          readonly headers?: { readonly "Last-Event-ID"?: string | undefined } | undefined;
        }
      | undefined;
    readonly output: Response;
  };
  /** Follow everything that happens to one's tasks over a WebSocket */
  readonly "GET /v1/ws": {
    readonly input:
      | {
          readonly query?:
            | {
                /** The `seq` of the last entry that is known. `Last-Event-ID` comes first; without either the feed begins with the oldest entry that is kept */
                readonly cursor?: string | undefined;
                /** Only entries of these types */
                readonly types?: string | undefined;
              }
            | undefined;
          readonly headers?: { readonly "Last-Event-ID"?: string | undefined } | undefined;
        }
      | undefined;
    readonly output: WebSocket;
  };
  /** Make an API key for a machine */
  readonly "POST /v1/keys": {
    readonly input: { readonly body: KeyRequest };
    readonly output: NewKey;
  };
  /** List API keys, oldest first */
  readonly "GET /v1/keys": {
    readonly input: Record<never, never> | undefined;
    readonly output: { readonly items: readonly Key[] };
  };
  /** Revoke an API key */
  readonly "DELETE /v1/keys/{keyId}": {
    readonly input: { readonly path: { readonly keyId: string } };
    readonly output: undefined;
  };
  /** Who is signed in, and where one signs in */
  readonly "GET /v1/session": {
    readonly input: Record<never, never> | undefined;
    readonly output: Session;
  };
  /** Sign out */
  readonly "DELETE /v1/session": {
    readonly input: Record<never, never> | undefined;
    readonly output: undefined;
  };
  /** Sign in at the issuer of a channel */
  readonly "GET /v1/session/signin": {
    readonly input: {
      readonly query: {
        /** The name of the channel */
        readonly channel: string;
      };
    };
    readonly output: Response;
  };
  /** Return from the issuer of a channel */
  readonly "GET /v1/session/callback/{channel}": {
    readonly input: {
      readonly path: {
        /** The name of the channel */
        readonly channel: string;
      };
    };
    readonly output: Response;
  };
  /** Show a page with a button that switches mail off; this alone changes nothing */
  readonly "GET /v1/mail/unsubscribe": {
    readonly input: {
      readonly query: {
        /** From a mail. It alone says whose mail is meant */
        readonly token: string;
      };
    };
    readonly output: Response;
  };
  /** Switch mail off by one click (RFC 8058) */
  readonly "POST /v1/mail/unsubscribe": {
    readonly input: {
      readonly query: {
        /** From a mail. It alone says whose mail is meant */
        readonly token: string;
      };
      readonly body: URLSearchParams;
    };
    readonly output: Response | undefined;
  };
  /** Show a page with a button that confirms an address; this alone changes nothing */
  readonly "GET /v1/mail/confirm": {
    readonly input: {
      readonly query: {
        /** From a mail. It alone says whose mail is meant */
        readonly token: string;
      };
    };
    readonly output: Response;
  };
  /** Confirm that mail may go to an address */
  readonly "POST /v1/mail/confirm": {
    readonly input: {
      readonly query: {
        /** From a mail. It alone says whose mail is meant */
        readonly token: string;
      };
      readonly body: URLSearchParams;
    };
    readonly output: Response | undefined;
  };
  /** Get a signed URL to which one image can be uploaded, once */
  readonly "POST /v1/uploads": {
    readonly input: { readonly body: UploadRequest };
    readonly output: Upload;
  };
  /** Confirm that an image was uploaded as declared, within a day; tasks need no confirmation */
  readonly "POST /v1/uploads/{uploadId}/complete": {
    readonly input: { readonly path: { readonly uploadId: string } };
    readonly output: CompletedUpload;
  };
  /** Have events sent to a URL, by Standard Webhooks */
  readonly "POST /v1/webhooks": {
    readonly input: { readonly body: WebhookRequest };
    readonly output: NewWebhook;
  };
  /** List webhooks, oldest first */
  readonly "GET /v1/webhooks": {
    readonly input: Record<never, never> | undefined;
    readonly output: { readonly items: readonly Webhook[] };
  };
  /** Read a webhook */
  readonly "GET /v1/webhooks/{webhookId}": {
    readonly input: { readonly path: { readonly webhookId: string } };
    readonly output: Webhook;
  };
  /** Change a webhook, or switch it on again */
  readonly "PATCH /v1/webhooks/{webhookId}": {
    readonly input: { readonly path: { readonly webhookId: string }; readonly body: WebhookChange };
    readonly output: Webhook;
  };
  /** Delete a webhook with its deliveries */
  readonly "DELETE /v1/webhooks/{webhookId}": {
    readonly input: { readonly path: { readonly webhookId: string } };
    readonly output: undefined;
  };
  /** Make a new secret; the old one signs, too, for 24 hours */
  readonly "POST /v1/webhooks/{webhookId}/secret": {
    readonly input: { readonly path: { readonly webhookId: string } };
    readonly output: WebhookSecret;
  };
  /** Send a `webhook.test` event, once */
  readonly "POST /v1/webhooks/{webhookId}/test": {
    readonly input: { readonly path: { readonly webhookId: string } };
    readonly output: WebhookDelivery;
  };
  /** Read what was sent and what became of it, newest first */
  readonly "GET /v1/webhooks/{webhookId}/deliveries": {
    readonly input: {
      readonly path: { readonly webhookId: string };
      readonly query?:
        | {
            readonly status?: "pending" | "delivered" | "failed" | undefined;
            /** The `nextCursor` of the page before */
            readonly cursor?: string | undefined;
            readonly limit?: number | undefined;
          }
        | undefined;
    };
    readonly output: { readonly items: readonly WebhookDelivery[]; readonly nextCursor?: string };
  };
  /** Send one again, with the same `webhook-id` */
  readonly "POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend": {
    readonly input: { readonly path: { readonly webhookId: string; readonly deliveryId: string } };
    readonly output: WebhookDelivery;
  };
  /** Send all again that were created since a time and have failed */
  readonly "POST /v1/webhooks/{webhookId}/recover": {
    readonly input: {
      readonly path: { readonly webhookId: string };
      readonly body: RecoverRequest;
    };
    readonly output: { readonly count: number };
  };
  /** Read the secret that signs what is sent to a task's own `webhookUrl` */
  readonly "GET /v1/account/webhook-secret": {
    readonly input: Record<never, never> | undefined;
    readonly output: WebhookSecret;
  };
  /** Make a new secret for tasks' own webhooks; the old one signs, too, for 24 hours */
  readonly "POST /v1/account/webhook-secret": {
    readonly input: Record<never, never> | undefined;
    readonly output: WebhookSecret;
  };
  /** Report a task's status: sync any, notification progress alone */
  readonly "PUT /internal/v1/tasks/{taskId}/status": {
    readonly input: { readonly path: { readonly taskId: string }; readonly body: StatusUpdate };
    readonly output: undefined;
  };
  /** Redrive, cancel or delete a task, as an operator */
  readonly "POST /internal/v1/tasks/{taskId}/commands": {
    readonly input: { readonly path: { readonly taskId: string }; readonly body: CommandRequest };
    readonly output: Operation;
  };
  /** Set what an owner's library holds of a task, from tag-indexer alone */
  readonly "PUT /internal/v1/accounts/{owner}/entries/{taskId}": {
    readonly input: {
      readonly path: { readonly owner: string; readonly taskId: string };
      readonly body: LibraryEntry;
    };
    readonly output: undefined;
  };
  /** Read which mail an owner wants and where it goes, for notification alone */
  readonly "GET /internal/v1/accounts/{owner}/mail": {
    readonly input: { readonly path: { readonly owner: string } };
    readonly output: MailPreferences;
  };
  /** Report that an address takes no mail, from notification alone */
  readonly "POST /internal/v1/accounts/{owner}/mail/bounced": {
    readonly input: { readonly path: { readonly owner: string }; readonly body: MailBounced };
    readonly output: undefined;
  };
  /** Delete an account with everything that belongs to it, as an operator */
  readonly "POST /internal/v1/accounts/{owner}/deletion": {
    readonly input: {
      readonly path: { readonly owner: string };
      readonly body: AccountDeletionRequest;
    };
    readonly output: AccountDeletion;
  };
  /** Read how far the deletion of an account is, as an operator */
  readonly "GET /internal/v1/accounts/{owner}/deletion": {
    readonly input: { readonly path: { readonly owner: string } };
    readonly output: AccountDeletion;
  };
  /** Read this document */
  readonly "GET /v1/openapi.json": {
    readonly input: Record<never, never> | undefined;
    readonly output: Readonly<Record<string, unknown>>;
  };
}

/** The codes of problems that the document names. */
export type KnownProblemCode =
  | "account_deleting"
  | "address_required"
  | "batch_deleted"
  | "batch_ended"
  | "batch_sealed"
  | "channel_submissions_per_day_exceeded"
  | "channel_units_per_day_exceeded"
  | "cursor_expired"
  | "expiry_not_allowed"
  | "forbidden"
  | "idempotency_key_conflict"
  | "insufficient_scope"
  | "internal"
  | "invalid_request"
  | "misconfigured"
  | "not_found"
  | "operation_conflict"
  | "stored_bytes_exceeded"
  | "submissions_per_day_exceeded"
  | "submissions_per_minute_exceeded"
  | "task_deleted"
  | "task_ended"
  | "task_not_failed"
  | "too_large"
  | "too_many_confirmations"
  | "too_many_keys"
  | "too_many_requests"
  | "too_many_webhooks"
  | "unauthorized"
  | "unavailable"
  | "units_per_day_exceeded"
  | "unknown_task"
  | "unsupported_media_type"
  | "unsupported_type"
  | "upgrade_required"
  | "upload_mismatch"
  | "upload_missing"
  | "upload_not_found"
  | "uploads_per_day_exceeded"
  | "url_not_allowed"
  | "webhook_disabled";
