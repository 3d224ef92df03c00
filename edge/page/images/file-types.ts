import { limits } from "../../src/generated/limits.js";

/**
 * For browsers that do not know the type of a file by its name, or have another one for it, such as
 * `image/x-ms-bmp`; download judges its true type.
 */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heic",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  tif: "image/tiff",
  tiff: "image/tiff",
  webp: "image/webp",
};

/** The image's type; undefined: this is not an image in a supported format. */
export function contentTypeOf({ type, name }: { readonly type: string; readonly name: string }) {
  if (limits.imageTypes.some((supported) => supported === type)) {
    return type;
  }
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  return (type === "" || type.startsWith("image/")) && extension !== undefined
    ? BY_EXTENSION[extension]
    : undefined;
}
