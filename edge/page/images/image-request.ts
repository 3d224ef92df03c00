/** What is submitted: an image, and what to look for in it. */
export interface ImageRequest {
  readonly source: Source;
  readonly features: readonly string[];
}

export type Source = UrlSource | FileSource | UploadSource;

export interface UrlSource {
  readonly kind: "url";
  readonly url: string;
}

/** A file that has yet to be uploaded. */
export interface FileSource {
  readonly kind: "file";
  readonly file: File;
}

/** An uploaded file: it can be submitted again, also after a reload. */
export interface UploadSource {
  readonly kind: "upload";
  readonly name: string;
  readonly uploadId: string;
}

/** What users call it. */
export function nameOf(source: Source): string {
  switch (source.kind) {
    case "url":
      return source.url;
    case "file":
      return source.file.name;
    case "upload":
      return source.name;
  }
}
