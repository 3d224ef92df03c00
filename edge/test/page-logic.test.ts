import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import failureSentences from "../../common-events/src/main/resources/failure-sentences.json";
import { contentTypeOf } from "../page/images/file-types.js";
import { ConcurrencyLimit } from "../page/images/concurrency-limit.js";
import type { TaskState } from "../page/result/task-view.js";
import { lengthOf, timeline, totalSpan } from "../page/result/timeline.js";
import { urlsIn } from "../page/submit/urls.js";
import { sentencesFor } from "../page/result/failure-sentences.js";
import * as format from "../page/result/format.js";
import { skippedText } from "../page/result/words.js";

void describe("An analysis that was skipped", () => {
  void test("says why in words", () => {
    assert.equal(
      skippedText("budget_exceeded"),
      "Skipped: the day's budget of analyses was used up.",
    );
    assert.equal(skippedText("Vision takes no HEIC."), "Skipped: Vision takes no HEIC.");
  });
});

void describe("The timeline", () => {
  const NAMES = ["submitted", "download", "metadata", "ai", "end"];
  const START = Date.parse("2026-01-01T00:00:00Z");

  const view = (
    seconds: number,
    status: TaskState["status"],
    more: Partial<TaskState> = {},
  ): TaskState => ({
    status,
    createdAt: new Date(START).toISOString(),
    updatedAt: new Date(START + seconds * 1000).toISOString(),
    ...more,
  });
  const at = (seconds: number, stage: string): TaskState =>
    view(seconds, "processing_in_gcp", { stage });
  const failed = (seconds: number, stage: string): TaskState =>
    view(seconds, "failed", { stage, error: { code: "internal", message: "", stage } });

  /** `state` or `state:milliseconds` of each step. */
  const stepsOf = (...history: TaskState[]): string[] => {
    const steps = timeline(history);
    assert.deepEqual(
      steps.map(({ name }) => name),
      NAMES,
    );
    return steps.map(({ state, span }) =>
      span === undefined ? state : `${state}:${lengthOf(span)}`,
    );
  };

  void test("begins with the download", () => {
    const begun = ["done", "running", "pending", "pending", "pending"];
    assert.deepEqual(stepsOf(view(0, "submitted")), begun);
    assert.deepEqual(stepsOf(view(0, "submitted"), view(1, "processing_in_gcp")), begun);
  });

  void test("has the time of each step", () => {
    assert.deepEqual(
      stepsOf(view(0, "submitted"), at(2, "download"), at(3, "metadata"), at(7, "ai")),
      ["done", "done:2000", "done:1000", "done:4000", "running"],
    );
  });

  void test("of a completed task gives the last stage the time up to the end", () => {
    assert.deepEqual(
      stepsOf(view(0, "submitted"), at(2, "download"), at(3, "metadata"), view(9, "completed")),
      ["done", "done:2000", "done:1000", "done:6000", "done"],
    );
  });

  void test("takes what came later as proof, and leaves out times it does not know", () => {
    assert.deepEqual(stepsOf(view(0, "submitted"), at(3, "metadata")), [
      "done",
      "done",
      "done",
      "running",
      "pending",
    ]);
    assert.deepEqual(stepsOf(view(0, "submitted"), view(3, "completed")), [
      "done",
      "done",
      "done",
      "done",
      "done",
    ]);
  });

  void test("shows where it failed, and what was not reached", () => {
    assert.deepEqual(stepsOf(view(0, "submitted"), failed(4, "download")), [
      "done",
      "failed",
      "not_reached",
      "not_reached",
      "failed",
    ]);
    assert.deepEqual(stepsOf(view(0, "submitted"), at(2, "download"), failed(4, "ai")), [
      "done",
      "done:2000",
      "done",
      "failed",
      "failed",
    ]);
    assert.deepEqual(stepsOf(failed(4, "unknown")), [
      "done",
      "not_reached",
      "not_reached",
      "not_reached",
      "failed",
    ]);
  });

  void test("goes on after a redrive", () => {
    const history = [view(0, "submitted"), at(2, "download"), failed(4, "metadata")];
    assert.deepEqual(stepsOf(...history, view(60, "processing_in_gcp")), [
      "done",
      "done:2000",
      "running",
      "pending",
      "pending",
    ]);
  });

  void test("ignores an unknown stage", () => {
    assert.deepEqual(stepsOf(at(1, "download"), at(2, "unknown"))[2], "running");
  });

  void test("has a total time once the task has ended", () => {
    const total = (history: TaskState[]): number | undefined => {
      const span = totalSpan(history);
      return span && lengthOf(span);
    };
    assert.equal(total([view(0, "submitted"), view(9, "completed")]), 9000);
    assert.equal(total([failed(4, "ai")]), 4000);
    assert.equal(total([view(3, "processing_in_gcp")]), undefined);
    assert.equal(total([]), undefined);
  });
});

void describe("Failures", () => {
  void test("of every code in docs/contract.md have sentences", async () => {
    const contract = await readFile("../docs/contract.md", "utf8");
    const [, section = ""] = contract.split("## Failure codes");
    const rows = (section.split("\n## ")[0] ?? "").matchAll(/^\|((?: `\w+`,?)+) \|/gm);
    const codes = Array.from(rows, ([, cell = ""]) => cell.match(/\w+/g) ?? []).flat();
    assert.ok(codes.length >= 14, codes.join());
    assert.deepEqual(codes.sort(), Object.keys(failureSentences.codes).sort());
    for (const code of codes) {
      assert.notEqual(sentencesFor(code), failureSentences.otherwise, code);
    }
  });

  void test("of an unknown code have sentences too", () => {
    for (const code of ["unknown", "constructor", ""]) {
      assert.equal(sentencesFor(code), failureSentences.otherwise);
    }
  });
});

void describe("URLs", () => {
  void test("are separated by white space of any kind", () => {
    const text = " https://a.example/1.jpg\nhttp://b.example:8080/x?y=z#f\t\nHTTPS://C.example ";
    assert.deepEqual(urlsIn(text), {
      valid: ["https://a.example/1.jpg", "http://b.example:8080/x?y=z#f", "HTTPS://C.example"],
      invalid: [],
    });
  });

  void test("are absolute, http or https", () => {
    const invalid = [
      "a.jpg",
      "//a.example",
      "ftp://a.example",
      "data:image/png;base64,",
      "https://",
      "https:/a.example",
    ];
    assert.deepEqual(urlsIn(invalid.join(" ")), { valid: [], invalid });
  });
});

void describe("A file's type", () => {
  const cases: readonly [name: string, type: string, expected: string | undefined][] = [
    ["a.jpg", "image/jpeg", "image/jpeg"],
    ["a", "image/x-unheard-of", undefined],
    ["a.svg", "image/svg+xml", undefined],
    ["a.bmp", "image/x-ms-bmp", "image/bmp"],
    ["IMG_1.heif", "image/heif", "image/heic"],
    ["IMG_1.HEIC", "", "image/heic"],
    ["a.tif", "", "image/tiff"],
    ["a.jpg", "text/html", undefined],
    ["a.txt", "", undefined],
    ["jpg", "", undefined],
  ];
  for (const [name, type, expected] of cases) {
    void test(`of ${name} (${type || "no type"}) is ${expected ?? "none"}`, () => {
      assert.equal(contentTypeOf({ name, type }), expected);
    });
  }
});

void describe("Numbers", () => {
  const cases: readonly [actual: string, expected: string][] = [
    [format.duration(0), "0 ms"],
    [format.duration(-5), "0 ms"],
    [format.duration(999), "999 ms"],
    [format.duration(1_000), "1.0 s"],
    [format.duration(59_949), "59.9 s"],
    [format.duration(59_950), "1 min 0 s"],
    [format.duration(125_000), "2 min 5 s"],
    [format.duration(7_260_000), "2 h 1 min"],
    [format.bytes(999), "999 bytes"],
    [format.bytes(31_400), "31 kB"],
    [format.bytes(999_500), "1.0 MB"],
    [format.bytes(52_428_800), "52.4 MB"],
    [format.percent(0), "0 %"],
    [format.percent(0.004), "under 1 %"],
    [format.percent(0.425), "43 %"],
    [
      format.exposure({ timeSeconds: 0.004, fNumber: 5.6, iso: 100, focalLengthMm: 35 }),
      "1/250 s · f/5.6 · ISO 100 · 35 mm",
    ],
    [format.exposure({ timeSeconds: 2.5 }), "2.5 s"],
    [format.exposure({}), ""],
    [format.gps({ latitude: -33.85678, longitude: 151.21529 }), "33.8568° S, 151.2153° E"],
    [
      format.gps({ latitude: 43.3, longitude: -5.4, altitudeMeters: 4.2 }),
      "43.3000° N, 5.4000° W, 4 m",
    ],
    [format.capturedAt("2026-05-01T07:12:00+02:00"), "1 May 2026 at 07:12 (UTC+02:00)"],
    [format.capturedAt("2026-05-01T07:12:33.5Z"), "1 May 2026 at 07:12 (UTC)"],
    [format.capturedAt("2026-05-01T07:12:33"), "1 May 2026 at 07:12"],
    [format.capturedAt("some day"), "some day"],
    [format.shortened("https://a.example/b.jpg"), "a.example/b.jpg"],
    [format.shortened(`https://a.example/${"x".repeat(60)}.jpg`, 21), "a.example/…xxxxxx.jpg"],
  ];
  for (const [actual, expected] of cases) {
    void test(`are shown as “${expected}”`, () => assert.equal(actual, expected));
  }
});

void describe("A concurrency limit", () => {
  void test("runs so many at a time, in order, and survives those that fail", async () => {
    const limit = new ConcurrencyLimit(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const works = [0, 1, 2, 3].map((number) =>
      limit.run(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (number === 0) {
          throw new Error("failed");
        }
        return number;
      }),
    );
    assert.deepEqual(begun, [0, 1]);
    ends[0]?.();
    await assert.rejects(works[0] ?? Promise.resolve(), /failed/);
    assert.deepEqual(begun, [0, 1, 2]);
    ends[1]?.();
    await works[1];
    assert.deepEqual(begun, [0, 1, 2, 3]);
    ends.slice(2).forEach((end) => end());
    assert.deepEqual(await Promise.all(works.slice(1)), [1, 2, 3]);
  });
});
