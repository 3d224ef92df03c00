import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { EventParser } from "../client/src/event-parser.js";
import { isTransient, problemOf } from "../client/src/problem-error.js";
import type { ProblemError } from "../client/src/index.js";
import { Backoff, InClient, UnreachableError } from "../client/src/index.js";

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

  void test("that are not finished are not reported", () => {
    assert.deepEqual(new EventParser().push("id: 1\ndata: half\n"), []);
  });
});

void describe("An answer of 429", () => {
  const problem = (headers: Record<string, string>): Promise<ProblemError> => {
    const body = JSON.stringify({ code: "units_per_day_exceeded", detail: "unitsPerDay: 2 a day" });
    return problemOf(new Response(body, { status: 429, headers }));
  };

  void test("is waited for when it ends within a minute", async () => {
    assert.equal(isTransient(await problem({ "retry-after": "60" })), true);
    assert.equal(isTransient(await problem({})), true);
  });

  void test("is final when it takes longer", async () => {
    const error = await problem({ "retry-after": "61" });
    assert.equal(isTransient(error), false);
    assert.deepEqual(
      [error.code, error.detail, error.status, error.retryAfterMs],
      ["units_per_day_exceeded", "unitsPerDay: 2 a day", 429, 61_000],
    );
  });
});

void describe("A call", () => {
  /** A client whose calls are answered so, one after another; the last answer is repeated. */
  const clientOf = (...answers: readonly (Response | Error)[]) => {
    const requests: Request[] = [];
    const client = new InClient({
      baseUrl: "https://in.example/",
      token: "secret",
      retry: new Backoff({ attempts: 3, minDelayMs: 1 }),
      fetch: (url, init) => {
        requests.push(new Request(url, init));
        const answer = answers[Math.min(requests.length, answers.length) - 1];
        return answer instanceof Response
          ? Promise.resolve(answer.clone())
          : Promise.reject(answer ?? new Error("no answer"));
      },
    });
    return { client, requests };
  };
  const accepted = Response.json({ taskId: "task" }, { status: 202 });
  const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
    Response.json({ code, detail: "no" }, { status, headers });
  const IMAGE = { imageUrl: "https://images.example/a.jpg" };

  void test("is repeated after a lost answer, with the same Idempotency-Key", async () => {
    const { client, requests } = clientOf(new TypeError("lost"), accepted);
    assert.equal((await client.tasks.create(IMAGE)).taskId, "task");
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    assert.equal(keys.length, 2);
    assert.match(keys[0] ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(keys[1], keys[0]);
    assert.equal(requests[0]?.headers.get("authorization"), "Bearer secret");
    assert.equal(requests[0].url, "https://in.example/v1/tasks");
  });

  void test("waits at least as long as Retry-After says", async () => {
    const { client } = clientOf(
      problem(429, "too_many_requests", { "retry-after": "1" }),
      accepted,
    );
    const begun = performance.now();
    await client.tasks.create(IMAGE);
    assert.ok(performance.now() - begun >= 1_000);
  });

  void test("that may have been carried out is not repeated without an Idempotency-Key", async () => {
    const lost = clientOf(new TypeError("lost"));
    await assert.rejects(lost.client.keys.create({ name: "one" }), UnreachableError);
    assert.equal(lost.requests.length, 1);
    const failed = clientOf(problem(503, "unavailable"));
    await assert.rejects(failed.client.keys.create({ name: "one" }), { code: "unavailable" });
    assert.equal(failed.requests.length, 1);
    const limited = clientOf(problem(429, "too_many_requests"));
    await assert.rejects(limited.client.keys.create({ name: "one" }), { status: 429 });
    assert.equal(limited.requests.length, 3);
  });

  void test("that is refused is not repeated, and says why", async () => {
    const { client, requests } = clientOf(problem(404, "not_found"));
    const refused = { name: "ProblemError", code: "not_found", detail: "no", status: 404 };
    await assert.rejects(client.tasks.get("task"), refused);
    assert.equal(requests.length, 1);
  });

  void test("ends with its signal, also while it waits", async () => {
    const { client } = clientOf(problem(429, "too_many_requests", { "retry-after": "60" }));
    const leaving = new AbortController();
    const call = client.tasks.list({}, { signal: leaving.signal });
    leaving.abort(new Error("left"));
    await assert.rejects(call, /left/);
  });

  void test("is made again with other credentials when these are rejected", async () => {
    const tokens = ["old", "new"];
    const sent: (string | null)[] = [];
    const client = new InClient({
      baseUrl: "https://in.example",
      credentials: {
        headers: () => Promise.resolve({ authorization: tokens[0] ?? "" }),
        refused: () => tokens.shift() !== undefined,
      },
      fetch: (_url, init) => {
        const token = new Headers(init?.headers).get("authorization");
        sent.push(token);
        return Promise.resolve(
          token === "new" ? Response.json({ items: [] }) : problem(401, "unauthorized"),
        );
      },
    });
    assert.deepEqual(await client.keys.list(), []);
    assert.deepEqual(sent, ["old", "new"]);
  });
});
