import type { Box } from "../../src/generated/result.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an image when it is shown upright, as browsers do; `size` is that of the stored pixels. */
export function uprightSize({ width, height }: Size, orientation: number): Size {
  return isTurned(orientation) ? { width: height, height: width } : { width, height };
}

/**
 * Where a box of stored pixels comes to lie when the image is shown upright
 * (EXIF 2.32, tag 0x0112: where the 0th row and the 0th column are to be seen).
 */
export function uprightBox(box: Box, size: Size, orientation: number): Box {
  const { x, y, width, height } = box;
  const right = size.width - x - width;
  const below = size.height - y - height;
  switch (orientation) {
    case 2:
      return { x: right, y, width, height };
    case 3:
      return { x: right, y: below, width, height };
    case 4:
      return { x, y: below, width, height };
    case 5:
      return { x: y, y: x, width: height, height: width };
    case 6:
      return { x: below, y: x, width: height, height: width };
    case 7:
      return { x: below, y: right, width: height, height: width };
    case 8:
      return { x: y, y: right, width: height, height: width };
    default:
      return box;
  }
}

/**
 * The orientation that the browser has shown. Browsers read EXIF's of some formats only; where it
 * turns the image on its side, the size of what is shown tells.
 */
export function shownOrientation(stored: Size, orientation: number, shown: Size): number {
  const asStored = shown.width === stored.width && shown.height === stored.height;
  return isTurned(orientation) && stored.width !== stored.height && asStored ? 1 : orientation;
}

/** Whether the image is stored on its side. */
export function isTurned(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}
