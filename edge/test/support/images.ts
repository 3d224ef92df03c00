import type { TestBrowser } from "./browser.js";

/** A line of text in an image, and where it is. */
interface SceneLine {
  readonly text: string;
  readonly confidence: number;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** A rendered scene. */
export interface Scene {
  readonly bytes: Buffer;
  readonly lines: readonly SceneLine[];
  /** What a perfect analysis would find in it. */
  readonly result: object;
}

const HTML = `<!doctype html><style>
  body { margin: 0; width: 960px; height: 640px; position: relative; overflow: hidden;
    background: linear-gradient(#f6d7a7 0 55%, #2d6a6a 55%); font-family: sans-serif }
  .sun { position: absolute; left: 640px; top: 90px; width: 190px; height: 190px;
    border-radius: 50%; background: #e4572e }
  .line { position: absolute; left: 70px; white-space: pre; line-height: 1; width: max-content }
  #a { top: 130px; font-size: 84px; font-weight: 700; color: #22333b }
  #b { top: 240px; font-size: 44px; color: #22333b }
  #c { top: 470px; font-size: 52px; color: #f6d7a7 }
</style><div class="sun"></div>
<div class="line" id="a">Harbour Café</div><div class="line" id="b">open from 7 to 19</div>
<div class="line" id="c">Fish of the day 18.50</div>`;

/** A sign by the sea, drawn by the browser itself. */
export async function harbour(browser: TestBrowser): Promise<Scene> {
  const [width, height] = [960, 640];
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(HTML);
  const lines = await page.locator(".line").evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const box = {
        x: Math.round(x),
        y: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
      };
      return { text: element.textContent, confidence: 0.97, box };
    }),
  );
  const bytes = await page.screenshot({ type: "png" });
  await page.context().close();
  const result = {
    contentType: "image/png",
    sizeBytes: bytes.length,
    sha256: "0".repeat(64),
    width,
    height,
    durationMs: 1234,
    metadata: {
      orientation: 1,
      capturedAt: "2026-05-01T07:12:00+02:00",
      cameraMake: "Lumen",
      cameraModel: "L-2",
      exposure: { timeSeconds: 0.004, fNumber: 5.6, iso: 100, focalLengthMm: 35 },
      gps: { latitude: 43.2951, longitude: 5.3744, altitudeMeters: 4.2 },
      keywords: ["harbour", "sign"],
    },
    analysis: {
      provider: "test",
      features: ["text", "colors"],
      text: { full: lines.map(({ text }) => text).join("\n"), lines },
      colors: [
        { rgb: "#f6d7a7", score: 0.5, pixelFraction: 0.48 },
        { rgb: "#2d6a6a", score: 0.3, pixelFraction: 0.42 },
        { rgb: "#e4572e", score: 0.2, pixelFraction: 0.046 },
      ],
      unavailable: [],
    },
  };
  return { bytes, lines, result };
}

/** The same image with other bytes after its end, so that its task is another one. */
export function variant({ bytes }: Scene, number: number): Buffer {
  return Buffer.concat([bytes, Buffer.from([number])]);
}

/** A JPEG with the orientation in its EXIF data, and nothing else. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  // APP1 with a TIFF of one directory of one entry: Orientation, a SHORT (EXIF 2.32, 4.6.2).
  const exif = Buffer.from(
    "ffe10022" +
      "457869660000" +
      "4d4d002a00000008" +
      "0001" +
      "0112000300000001" +
      "0000" +
      "0000" +
      "00000000",
    "hex",
  );
  exif.writeUInt16BE(orientation, 28);
  const startOfImage = 2;
  return Buffer.concat([jpeg.subarray(0, startOfImage), exif, jpeg.subarray(startOfImage)]);
}
