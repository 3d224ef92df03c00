import type { Submission } from "../../client/src/generated/api.js";

export type Features = NonNullable<Submission["features"]>;

/** What is submitted: an image, and what to look for in it. */
export interface ImageRequest {
  readonly source: Source;
  readonly features: Features;
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

/** An uploaded file: it can be submitted again. */
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

const MAX_FILE_NAME_LENGTH = 255;

/** What lists show and searches find; undefined: nothing in the source is a name. */
export function fileNameOf(source: Source): string | undefined {
  const path = source.kind === "url" ? decoded(new URL(source.url).pathname) : nameOf(source);
  const name = path
    .replace(/^.*[/\\]/, "")
    .replaceAll(/\p{Cc}/gu, "")
    .slice(0, MAX_FILE_NAME_LENGTH);
  return name === "" ? undefined : name;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
