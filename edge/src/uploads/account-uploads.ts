import type { EventOutbox } from "../account/event-outbox.js";
import type { MediaUploadCompleted } from "../generated/events.js";
import type { OwnerLimits } from "../limits/owner-limits.js";
import { type Admission, isRefused, type Usage } from "../limits/usage.js";
import { type CompletedUpload, isCompleted, type Upload } from "./upload.js";

/** For the account's migrations. */
export const UPLOAD_TABLE = `
  CREATE TABLE uploads (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    upload_id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_name TEXT,
    expires_at INTEGER NOT NULL,
    completed_at INTEGER
  ) STRICT;`;

/** Of an account the latest so many are known. */
const MAX_UPLOADS = 100_000;

type Row = {
  readonly upload_id: string;
  readonly channel: string;
  readonly content_type: string;
  readonly size: number;
  readonly file_name: string | null;
  readonly expires_at: number;
  readonly completed_at: number | null;
};

/** An account's uploads of late, as they were declared. Every method is synchronous. */
export class AccountUploads {
  constructor(
    private readonly sql: SqlStorage,
    private readonly events: EventOutbox,
    private readonly usage: Usage,
  ) {}

  /** Takes it over, unless the owner's limits do not allow it. */
  add(upload: Upload, limits: OwnerLimits, now: number): Admission {
    const demand = { uploadsPerDay: 1, storedBytes: upload.size };
    const admission = this.usage.admit(demand, limits, now);
    if (!isRefused(admission)) {
      this.#insert(upload);
    }
    return admission;
  }

  /** Undefined: there is none, or it is not known any more. */
  get(uploadId: string): Upload | undefined {
    const [row] = this.sql
      .exec<Row>("SELECT * FROM uploads WHERE upload_id = ?", uploadId)
      .toArray();
    return row && uploadOf(row);
  }

  /**
   * Its object is there as declared: others learn of it, once. Undefined as for {@link get}.
   *
   * @param object what was found in the bucket
   */
  complete(
    uploadId: string,
    object: MediaUploadCompleted["object"],
    now: number,
  ): CompletedUpload | undefined {
    const upload = this.get(uploadId);
    if (upload === undefined || isCompleted(upload)) {
      return upload;
    }
    const { channel, contentType, size } = upload;
    this.sql.exec("UPDATE uploads SET completed_at = ? WHERE upload_id = ?", now, uploadId);
    this.events.add(
      {
        eventType: "media.upload.completed",
        id: uploadId,
        channel,
        run: 1,
        timestamp: now,
        payload: { uploadId, object, contentType, sizeBytes: size },
      },
      now,
    );
    return { ...upload, completedAt: now };
  }

  /** Drops those whose signed URL expired before that time. */
  forgetExpiredBefore(time: number): void {
    this.sql.exec("DELETE FROM uploads WHERE expires_at < ?", time);
  }

  clear(): void {
    this.sql.exec("DELETE FROM uploads");
  }

  #insert({ uploadId, channel, contentType, size, fileName, expiresAt }: Upload): void {
    const { position } = this.sql
      .exec<{ position: number }>(
        `INSERT INTO uploads (upload_id, channel, content_type, size, file_name, expires_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING position`,
        ...[uploadId, channel, contentType, size, fileName ?? null, expiresAt],
      )
      .one();
    this.sql.exec("DELETE FROM uploads WHERE position <= ?", position - MAX_UPLOADS);
  }
}

function uploadOf(row: Row): Upload {
  return {
    uploadId: row.upload_id,
    channel: row.channel,
    contentType: row.content_type,
    size: row.size,
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
    expiresAt: row.expires_at,
    ...(row.completed_at === null ? {} : { completedAt: row.completed_at }),
  };
}
