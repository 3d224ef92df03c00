import { strict as assert } from "node:assert";
import { createHash, createVerify } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { limits } from "../src/generated/limits.js";
import { assertProblem, IMAGE, Stage, uploader } from "./support/stage.js";
import { createUpload, type SignedUpload } from "./support/uploads.js";

void describe("POST /v1/uploads", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  const create = (body: object): Promise<SignedUpload> => createUpload(stage, body);

  void test("gives a URL for one image of that type and length, for 15 minutes", async () => {
    const before = Date.now();
    const upload = await create({ contentType: "image/heic", size: 12_345 });
    assert.match(upload.uploadId, /^[A-Za-z0-9_-]{22}$/);
    assert.equal(upload.method, "PUT");
    assert.deepEqual(upload.headers, {
      "content-type": "image/heic",
      "x-goog-content-length-range": "12345,12345",
      "x-goog-if-generation-match": "0",
    });
    const url = new URL(upload.url);
    assert.equal(url.origin, "http://127.0.0.1:4443");
    assert.equal(url.pathname, `/in-local-images/uploads/local/${upload.uploadId}`);
    assert.equal(url.searchParams.get("X-Goog-Expires"), "900");
    const lifetime = Date.parse(upload.expiresAt) - before;
    assert.ok(lifetime >= 900_000 && lifetime < 960_000, `${lifetime} ms`);
    assertSigned("PUT", upload.url, upload.headers);
  });

  void test("gives another name every time", async () => {
    const body = { contentType: "image/png", size: 1 };
    assert.notEqual((await create(body)).uploadId, (await create(body)).uploadId);
  });

  void test("signs the types of the supported formats, however they are written", async () => {
    for (const contentType of limits.imageTypes) {
      const { url, headers } = await create({ contentType, size: 1 });
      assert.equal(headers["content-type"], contentType);
      assertSigned("PUT", url, headers);
    }
    const { headers } = await create({ contentType: "Image/JPEG", size: 1 });
    assert.equal(headers["content-type"], "image/jpeg");
  });

  void test("refuses images in other formats", async () => {
    for (const contentType of ["image/svg+xml", "image/x-icon", "image/jpeg2000", "image/vnd.a"]) {
      const response = await stage.edge.post("/v1/uploads", { contentType, size: 1 });
      await assertProblem(response, 422, "unsupported_type", /is not one of image\/jpeg, image/);
    }
  });

  void test("refuses what is not an image type", async () => {
    const types = ["text/html", "image/", "image/*", "IMAGE", "image/png; charset=x", "image/a\nb"];
    for (const contentType of types) {
      const response = await stage.edge.post("/v1/uploads", { contentType, size: 1 });
      await assertProblem(response, 400, "invalid_request", /contentType must be an image type/);
    }
    const response = await stage.edge.post("/v1/uploads", { size: 1 });
    await assertProblem(response, 400, "invalid_request", /contentType is missing/);
  });

  void test("refuses what is not a size", async () => {
    for (const size of [0, -1, 1.5, "7", null]) {
      const response = await stage.edge.post("/v1/uploads", { contentType: "image/png", size });
      await assertProblem(response, 400, "invalid_request", /size (must be|is missing)/);
    }
  });

  void test("refuses what is not a file name", async () => {
    for (const fileName of ["", "a/b.png", "a\\b.png", "a\nb.png", "a".repeat(256), 7]) {
      const body = { contentType: "image/png", size: 1, fileName };
      const response = await stage.edge.post("/v1/uploads", body);
      await assertProblem(response, 400, "invalid_request", /fileName must be 1 to 255 characters/);
    }
  });

  void test("an image may have 50 MiB and not a byte more", async () => {
    await create({ contentType: "image/png", size: 52_428_800 });
    const body = { contentType: "image/png", size: 52_428_801 };
    await assertProblem(await stage.edge.post("/v1/uploads", body), 413, "too_large");
  });
});

void describe("GET /v1/tasks/{taskId}/image", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  const imageOf = (taskId: string): Promise<Response> =>
    stage.edge.fetch(`/v1/tasks/${taskId}/image`);

  const locationOf = async (taskId: string): Promise<string> => {
    const response = await imageOf(taskId);
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    return response.headers.get("location") ?? "";
  };

  void test("leads to an upload at once, and to what was stored of it as soon as it is", async () => {
    const uploadId = "q83vEjRWeJCrze8SNFZ4kA";
    const taskId = await stage.submitAndPublish({ uploadId });
    const early = new URL(await locationOf(taskId));
    assert.equal(early.pathname, `/in-local-images/uploads/local/${uploadId}`);
    // Nobody has looked at the bytes yet: the declared type is not what it is served with.
    assert.equal(early.searchParams.get("response-content-type"), "application/octet-stream");
    assert.equal(early.searchParams.get("response-content-disposition"), "attachment");
    assertSigned("GET", early.href, {});
    await stage.putStatus(taskId, { stage: "download" });
    const stored = new URL(await locationOf(taskId));
    assert.equal(stored.pathname, `/in-local-images/tasks/${taskId}/1/original`);
    assert.equal(stored.searchParams.get("response-content-type"), null);
  });

  /** The updates after which the image of a URL is stored in that run's folder; undefined: nowhere. */
  const cases: readonly [what: string, updates: readonly object[], run: number | undefined][] = [
    ["before any status update", [], undefined],
    ["when an unknown stage completed", [{ stage: "dreaming" }], undefined],
    ["when the download completed", [{ stage: "download" }], 1],
    ["when a later stage completed", [{ stage: "metadata" }], 1],
    ["when the task completed", [{ status: "completed" }], 1],
    ["when the download failed", [failure("download")], undefined],
    ["when a later stage failed", [failure("metadata")], 1],
    ["when the second run downloaded it", [failure("download"), { run: 2, stage: "download" }], 2],
    [
      "when the second run began at a later stage",
      [failure("metadata"), { run: 2, status: "completed" }],
      1,
    ],
  ];
  for (const [when, updates, run] of cases) {
    void test(`${when}, a URL's image is ${run === undefined ? "nowhere" : `of run ${run}`}`, async () => {
      const taskId = await stage.submitAndPublish(IMAGE);
      for (const update of updates) {
        assert.equal(await stage.putStatus(taskId, update), 204);
      }
      if (run === undefined) {
        await assertProblem(await imageOf(taskId), 404, "not_found", /not stored yet/);
      } else {
        const location = await locationOf(taskId);
        assert.equal(
          new URL(location).pathname,
          `/in-local-images/tasks/${taskId}/${run}/original`,
        );
        const { searchParams } = new URL(location);
        assert.equal(searchParams.get("response-content-disposition"), "attachment");
        assertSigned("GET", location, {});
      }
    });
  }
});

function failure(stage: string): object {
  return { status: "failed", stage, error: { code: "internal", message: "", stage } };
}

/** Computes the V4 canonical request anew and checks the signature with the uploader's public key. */
function assertSigned(
  method: string,
  signedUrl: string,
  headers: Readonly<Record<string, string>>,
): void {
  const url = new URL(signedUrl);
  const query = url.search.slice(1).split("&");
  const signature = query.find((part) => part.startsWith("X-Goog-Signature="))?.split("=")[1];
  const parameters = url.searchParams;
  const all: Record<string, string> = { ...headers, host: url.host };
  const names = Object.keys(all).sort();
  assert.equal(parameters.get("X-Goog-SignedHeaders"), names.join(";"));
  const canonicalRequest = [
    method,
    url.pathname,
    query
      .filter((part) => !part.startsWith("X-Goog-Signature="))
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${all[name] ?? ""}`),
    "",
    names.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const date = parameters.get("X-Goog-Date") ?? "";
  assert.match(date, /^\d{8}T\d{6}Z$/);
  const scope = `${date.slice(0, 8)}/auto/storage/goog4_request`;
  assert.equal(parameters.get("X-Goog-Credential"), `${uploader.email}/${scope}`);
  assert.equal(parameters.get("X-Goog-Algorithm"), "GOOG4-RSA-SHA256");
  const digest = createHash("sha256").update(canonicalRequest).digest("hex");
  const verifier = createVerify("RSA-SHA256");
  verifier.update(["GOOG4-RSA-SHA256", date, scope, digest].join("\n"));
  assert.ok(verifier.verify(uploader.publicKey, signature ?? "", "hex"), "signature is wrong");
}
