import type { Direction, Exposure, Frames, Gps } from "../../src/generated/result.js";
import { type FieldRenderers, renderFields } from "./field-renderers.js";

// Values as text for people, in English like the rest of the page.

export function duration(ms: number): string {
  if (ms < 1_000) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < 59_950) {
    return `${(ms / 1_000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1_000);
  return seconds < 3_600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

export function bytes(count: number): string {
  if (count < 1_000) {
    return `${count} bytes`;
  }
  return count < 999_500
    ? `${Math.round(count / 1_000)} kB`
    : `${(count / 1_000_000).toFixed(1)} MB`;
}

/** `JPEG` for `image/jpeg`. */
export function imageFormat(contentType: string): string {
  return contentType.replace(/^image\//, "").toUpperCase();
}

/** A day and time, in the reader's time zone. */
export function moment(iso: string): string {
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("en-GB", style).format(Date.parse(iso));
}

export function percent(fraction: number): string {
  return fraction > 0 && fraction < 0.01 ? "under 1 %" : `${Math.round(fraction * 100)} %`;
}

/** EXIF's time is that of the camera's place: shown as it stands, never moved to the reader's. */
export function capturedAt(iso: string): string {
  const [, local, offset] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(.*)$/.exec(iso) ?? [];
  const time = local === undefined ? NaN : Date.parse(`${local}Z`);
  if (Number.isNaN(time)) {
    return iso;
  }
  const text = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(time);
  return offset === undefined || offset === "" ? text : `${text} (UTC${offset.replace("Z", "")})`;
}

const EXPOSURE: FieldRenderers<Exposure, string> = {
  timeSeconds: (seconds) => [`${shutter(seconds)} s`],
  fNumber: (value) => [`f/${short(value)}`],
  iso: (value) => [`ISO ${value}`],
  focalLengthMm: (value) => [`${short(value)} mm`],
};

export function exposure(value: Exposure): string {
  return renderFields(value, EXPOSURE).join(" · ");
}

/** WGS 84 degrees; four digits are about ten metres. */
export function gps({ latitude, longitude, altitudeMeters, direction }: Gps): string {
  const north = `${Math.abs(latitude).toFixed(4)}° ${latitude < 0 ? "S" : "N"}`;
  const east = `${Math.abs(longitude).toFixed(4)}° ${longitude < 0 ? "W" : "E"}`;
  const altitude = altitudeMeters === undefined ? "" : `, ${Math.round(altitudeMeters)} m`;
  return `${north}, ${east}${altitude}${towards(direction)}`;
}

function towards(direction: Direction | undefined): string {
  return direction === undefined
    ? ""
    : `, towards ${Math.round(direction.degrees)}°${direction.magnetic ? " magnetic" : ""}`;
}

/** Frames are shown one after another, pages are not. */
export function frames({ count, durationMs }: Frames): string {
  return durationMs === undefined
    ? `${count} pages, of which the first is analysed`
    : `${count} in ${duration(durationMs)}, of which the first is analysed`;
}

/** Stars; files without any say 0. */
export function rating(stars: number): string {
  if (stars < 0) {
    return "rejected";
  }
  return stars === 0 ? "" : `${stars} of 5`;
}

/** A term like `digitalCapture` in words. */
export function words(term: string): string {
  return term.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A URL without its scheme, its middle left out where it is long. */
export function shortened(text: string, maxLength = 60): string {
  const plain = text.replace(/^https?:\/\//, "");
  const tail = Math.floor(maxLength / 2);
  return plain.length <= maxLength
    ? plain
    : `${plain.slice(0, maxLength - tail - 1)}…${plain.slice(plain.length - tail)}`;
}

function shutter(seconds: number): string {
  return seconds > 0 && seconds < 0.3 ? `1/${Math.round(1 / seconds)}` : short(seconds);
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
