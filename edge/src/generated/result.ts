// Generated from common-events' result.schema.json by `npm run generate`. Do not edit.

/** What iN found out about an image: docs/contract.md, `result`. Of a failed task it holds what the completed stages found. */
export interface TaskResult {
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
}

/** What an analysis found in an image. A feature that was not requested, or is unavailable, is absent; one that was looked for and not found is an empty list. */
export interface Analysis {
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
}

/** An upright rectangle in pixels of the image as stored, before orientation. */
export interface Box {
  /** of the upper left corner */
  readonly x: number;
  /** of the upper left corner */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A dominant colour. */
export interface ColorShare {
  /** as in `#1e90ff` */
  readonly rgb: string;
  /** the provider's weight of it, 0 to 1 */
  readonly score: number;
  /** its share of the pixels, 0 to 1 */
  readonly pixelFraction: number;
}

/** What people wrote into an image file about it, by the terms of the IPTC Photo Metadata Standard. Of XMP, IPTC-IIM and EXIF the first one that has a value counts: editors write XMP, cameras EXIF. */
export interface Description {
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
}

/** An object or a face and its place; of a face the name is `face`. */
export interface Detection {
  readonly name: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly box: Box;
}

/** A direction on the map. */
export interface Direction {
  /** clockwise from north, from 0 to below 360 */
  readonly degrees: number;
  /** whether north is the compass's rather than the pole's */
  readonly magnetic?: boolean;
}

/** How an image was taken. */
export interface Exposure {
  /** shutter time */
  readonly timeSeconds?: number;
  /** aperture, the N of f/N */
  readonly fNumber?: number;
  /** sensitivity */
  readonly iso?: number;
  /** of the lens itself, in millimetres */
  readonly focalLengthMm?: number;
}

/** The images of a file that has several: the frames of an animated GIF, PNG or WebP, the pages of a TIFF without reduced copies. The first is the one that has the result's size and is analysed. */
export interface Frames {
  /** of them; of a truncated file those that are there */
  readonly count: number;
  /** how long all frames are shown once, as the file says; pages have none */
  readonly durationMs?: number;
}

/** Where an image was taken, WGS 84. */
export interface Gps {
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
}

/** Something that describes the whole image. */
export interface Label {
  readonly name: string;
  /** 0 to 1 */
  readonly confidence: number;
}

/** What an image file says about itself. */
export interface Metadata {
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
}

/** Likelihoods in Vision's words, `VERY_UNLIKELY` to `VERY_LIKELY`, or `UNKNOWN`. */
export interface SafeSearch {
  readonly adult: string;
  readonly spoof: string;
  readonly medical: string;
  readonly violence: string;
  readonly racy: string;
}

/** Recognised text. */
export interface TextFindings {
  /** all of it, lines separated by `\n` */
  readonly full: string;
  /** each with its place in the image */
  readonly lines?: readonly TextLine[];
  /** whether lines were left out because there were too many */
  readonly truncated?: boolean;
}

/** A line of text. */
export interface TextLine {
  readonly text: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly box: Box;
}
