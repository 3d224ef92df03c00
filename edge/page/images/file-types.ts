/** For browsers that do not know the type of a file by its name; download judges its true type. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  tif: "image/tiff",
  tiff: "image/tiff",
  webp: "image/webp",
};

/** The image's type; undefined: this is not an image. */
export function contentTypeOf({ type, name }: { readonly type: string; readonly name: string }) {
  if (/^image\/[a-z0-9.+-]+$/.test(type)) {
    return type;
  }
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  return type === "" && extension !== undefined ? BY_EXTENSION[extension] : undefined;
}
