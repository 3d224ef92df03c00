/** What was asked for: a picture, and what to look for in it. */
export interface Order {
  readonly source: Source;
  readonly features: readonly string[];
}

export type Source = AddressSource | FileSource | UploadSource;

export interface AddressSource {
  readonly kind: "address";
  readonly url: string;
}

/** A file that has yet to be sent. */
export interface FileSource {
  readonly kind: "file";
  readonly file: File;
}

/** A file that was sent: it can be submitted again, and this survives a reload. */
export interface UploadSource {
  readonly kind: "upload";
  readonly name: string;
  readonly uploadId: string;
}

/** How people call it. */
export function nameOf(source: Source): string {
  switch (source.kind) {
    case "address":
      return source.url;
    case "file":
      return source.file.name;
    case "upload":
      return source.name;
  }
}
