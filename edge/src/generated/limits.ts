// Generated from common-events' limits.json by `npm run generate`. Do not edit.

/** Limits, forms of ids and closed lists that all of iN shares. */
export const limits = {
  maxImageBytes: 52428800,
  maxPixels: 100000000,
  maxProgressivePixels: 50000000,
  maxResultBytes: 65536,
  maxTextBytes: 10000,
  maxTextLines: 150,
  maxColors: 10,
  maxLabels: 50,
  maxDetections: 100,
  unitsPerFeature: 1,
  taskIdPattern: /^(?!__.*__$)[A-Za-z0-9_-]{16,64}$/,
  idPattern: /^[A-Za-z0-9_-]{16,64}$/,
  imageTypes: [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/tiff",
    "image/bmp",
    "image/heic",
    "image/avif",
  ],
  features: ["text", "colors", "labels", "objects", "faces", "safeSearch"],
  defaultFeatures: ["text", "colors"],
  priorities: ["high", "normal", "low"],
} as const;
