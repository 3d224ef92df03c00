import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import failureSentences from "../../common-events/src/main/resources/failure-sentences.json";
import { EventParser } from "../page/edge/event-parser.js";
import { contentTypeOf } from "../page/pictures/file-types.js";
import { Limit } from "../page/pictures/limit.js";
import { timeline, totalMs } from "../page/pictures/timeline.js";
import type { View } from "../page/pictures/view.js";
import { addressesIn } from "../page/send/addresses.js";
import { sentencesOf } from "../page/show/failures.js";
import * as format from "../page/show/format.js";

void describe("Server-sent events", () => {
  const STREAM =
    "retry: 2000\n\nid: 1\nevent: status\ndata: {\n\n: keepalive\n\nid:2\r\ndata: a\r\ndata:  b\r\n\r\ndata\r\revent: alone\n\nid: 3\ndata: ü\n\n";
  const EVENTS = [
    { id: "1", event: "status", data: "{" },
    { id: "2", event: "message", data: "a\n b" },
    { id: "2", event: "message", data: "" },
    { id: "3", event: "message", data: "ü" },
  ];

  void test("are read in one piece", () => {
    assert.deepEqual(new EventParser().push(STREAM), EVENTS);
  });

  void test("are read wherever the stream is cut", () => {
    for (let cut = 1; cut < STREAM.length; cut++) {
      const parser = new EventParser();
      const events = [...parser.push(STREAM.slice(0, cut)), ...parser.push(STREAM.slice(cut))];
      assert.deepEqual(events, EVENTS, `cut at ${cut}`);
    }
    const parser = new EventParser();
    assert.deepEqual(
      Array.from(STREAM).flatMap((letter) => parser.push(letter)),
      EVENTS,
    );
  });

  void test("that are not finished are not told", () => {
    assert.deepEqual(new EventParser().push("id: 1\ndata: half\n"), []);
  });
});

void describe("The timeline", () => {
  const NAMES = ["submitted", "download", "metadata", "ai", "end"];
  const START = Date.parse("2026-01-01T00:00:00Z");

  const view = (seconds: number, status: View["status"], more: Partial<View> = {}): View => ({
    taskId: "t",
    status,
    createdAt: new Date(START).toISOString(),
    updatedAt: new Date(START + seconds * 1000).toISOString(),
    ...more,
  });
  const at = (seconds: number, stage: string): View =>
    view(seconds, "processing_in_gcp", { stage });
  const failed = (seconds: number, stage: string): View =>
    view(seconds, "failed", { stage, error: { code: "internal", message: "", stage } });

  /** `state` or `state:milliseconds` of each step. */
  const told = (...views: View[]): string[] => {
    const steps = timeline(views);
    assert.deepEqual(
      steps.map(({ name }) => name),
      NAMES,
    );
    return steps.map(({ state, durationMs }) =>
      durationMs === undefined ? state : `${state}:${durationMs}`,
    );
  };

  void test("begins with the download", () => {
    const begun = ["done", "running", "waiting", "waiting", "waiting"];
    assert.deepEqual(told(view(0, "submitted")), begun);
    assert.deepEqual(told(view(0, "submitted"), view(1, "processing_in_gcp")), begun);
  });

  void test("tells how long each step took", () => {
    assert.deepEqual(
      told(view(0, "submitted"), at(2, "download"), at(3, "metadata"), at(7, "ai")),
      ["done", "done:2000", "done:1000", "done:4000", "running"],
    );
  });

  void test("of a completed task gives the last stage the time up to the end", () => {
    assert.deepEqual(
      told(view(0, "submitted"), at(2, "download"), at(3, "metadata"), view(9, "completed")),
      ["done", "done:2000", "done:1000", "done:6000", "done"],
    );
  });

  void test("takes what came later as proof, and leaves out times it does not know", () => {
    assert.deepEqual(told(view(0, "submitted"), at(3, "metadata")), [
      "done",
      "done",
      "done",
      "running",
      "waiting",
    ]);
    assert.deepEqual(told(view(0, "submitted"), view(3, "completed")), [
      "done",
      "done",
      "done",
      "done",
      "done",
    ]);
  });

  void test("says where it failed, and what was never reached", () => {
    assert.deepEqual(told(view(0, "submitted"), failed(4, "download")), [
      "done",
      "failed",
      "never",
      "never",
      "failed",
    ]);
    assert.deepEqual(told(view(0, "submitted"), at(2, "download"), failed(4, "ai")), [
      "done",
      "done:2000",
      "done",
      "failed",
      "failed",
    ]);
    assert.deepEqual(told(failed(4, "dreaming")), ["done", "never", "never", "never", "failed"]);
  });

  void test("goes on after a redrive", () => {
    const story = [view(0, "submitted"), at(2, "download"), failed(4, "metadata")];
    assert.deepEqual(told(...story, view(60, "processing_in_gcp")), [
      "done",
      "done:2000",
      "running",
      "waiting",
      "waiting",
    ]);
  });

  void test("passes over a stage that it has never heard of", () => {
    assert.deepEqual(told(at(1, "download"), at(2, "dreaming"))[2], "running");
  });

  void test("knows the whole time of what has ended, alone", () => {
    assert.equal(totalMs([view(0, "submitted"), view(9, "completed")]), 9000);
    assert.equal(totalMs([failed(4, "ai")]), 4000);
    assert.equal(totalMs([view(3, "processing_in_gcp")]), undefined);
    assert.equal(totalMs([]), undefined);
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
      assert.notEqual(sentencesOf(code), failureSentences.otherwise, code);
    }
  });

  void test("of a code that nobody knows have sentences too", () => {
    for (const code of ["dreamt", "constructor", ""]) {
      assert.equal(sentencesOf(code), failureSentences.otherwise);
    }
  });
});

void describe("Addresses", () => {
  void test("are divided by white space of any kind", () => {
    const text = " https://a.example/1.jpg\nhttp://b.example:8080/x?y=z#f\t\nHTTPS://C.example ";
    assert.deepEqual(addressesIn(text), {
      good: ["https://a.example/1.jpg", "http://b.example:8080/x?y=z#f", "HTTPS://C.example"],
      bad: [],
    });
  });

  void test("are absolute, and of the web", () => {
    const bad = [
      "a.jpg",
      "//a.example",
      "ftp://a.example",
      "data:image/png;base64,",
      "https://",
      "https:/a.example",
    ];
    assert.deepEqual(addressesIn(bad.join(" ")), { good: [], bad });
  });
});

void describe("A file's type", () => {
  const cases: readonly [name: string, type: string, expected: string | undefined][] = [
    ["a.jpg", "image/jpeg", "image/jpeg"],
    ["a", "image/x-unheard-of", "image/x-unheard-of"],
    ["IMG_1.HEIC", "", "image/heic"],
    ["a.tif", "", "image/tiff"],
    ["a.jpg", "text/html", undefined],
    ["a.txt", "", undefined],
    ["jpg", "", undefined],
    ["a.png", "image/png; charset=x", undefined],
  ];
  for (const [name, type, expected] of cases) {
    void test(`of ${name} (${type || "no type"}) is ${expected ?? "no picture's"}`, () => {
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
    [format.place({ latitude: -33.85678, longitude: 151.21529 }), "33.8568° S, 151.2153° E"],
    [
      format.place({ latitude: 43.3, longitude: -5.4, altitudeMeters: 4.2 }),
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

void describe("A limit", () => {
  void test("lets so many go on at a time, in order, and survives those that fail", async () => {
    const limit = new Limit(2);
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
