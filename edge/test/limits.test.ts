import { strict as assert } from "node:assert";
import { readdir } from "node:fs/promises";
import { after, afterEach, before, describe, test } from "node:test";
import { channelFile } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const AUDIENCE = "in-users";
/** No window ends while a test runs: a minute has 1,000 minutes. */
const SLOW = "0.001";

void describe("What a channel allows each of its users", () => {
  let issuer: TestIssuer;
  let stage: Stage | undefined;
  before(async () => {
    issuer = await TestIssuer.start();
  });
  afterEach(async () => {
    await stage?.stop();
    stage = undefined;
  });
  after(async () => {
    await issuer.stop();
  });

  const start = async (limits: object, scale = SLOW): Promise<Stage> => {
    const channel = { name: "test", issuer: issuer.url, audience: AUDIENCE, limits };
    const unlimited = { name: "unlimited", issuer: issuer.url, audience: "in-unlimited" };
    stage = await Stage.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile(channel, unlimited),
      IN_TIME_SCALE: scale,
    });
    return stage;
  };
  const headersOf = async (sub: string, aud = AUDIENCE): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await issuer.token({ aud, sub })}`,
  });
  const submit = async (user: Record<string, string>, body: object = {}, key?: string) =>
    await edge().post(
      "/v1/tasks",
      { ...IMAGE, ...body },
      { ...user, ...(key === undefined ? {} : { "idempotency-key": key }) },
    );
  const edge = () => (stage ?? assert.fail("no stage")).edge;
  const taskCount = async (user: Record<string, string>): Promise<number> => {
    const response = await edge().fetch("/v1/account", { headers: user });
    const { tasks } = (await response.json()) as { tasks: Record<string, number> };
    return Object.values(tasks).reduce((sum, count) => sum + count, 0);
  };
  const limitsOf = ({ headers }: Response) => [
    headers.get("ratelimit-policy"),
    headers.get("ratelimit")?.replaceAll(/;t=\d+/g, ""),
  ];

  void test("is said with every task that is accepted, and by the refusal of the next", async () => {
    await start({ submissionsPerMinute: 10, submissionsPerDay: 2, unitsPerDay: 100 });
    const ada = await headersOf("ada");
    const policy =
      '"submissionsPerMinute";q=10;w=60000, "submissionsPerDay";q=2;w=86400000, ' +
      '"unitsPerDay";q=100;w=86400000';
    const first = await submit(ada, { features: ["text", "labels", "faces"] });
    assert.equal(first.status, 202);
    assert.deepEqual(limitsOf(first), [
      policy,
      '"submissionsPerMinute";r=9, "submissionsPerDay";r=1, "unitsPerDay";r=97',
    ]);
    assert.equal((await submit(ada)).status, 202);
    const refused = await submit(ada);
    const left = '"submissionsPerMinute";r=8, "submissionsPerDay";r=0, "unitsPerDay";r=95';
    assert.deepEqual(limitsOf(refused), [policy, left]);
    const [, reset = ""] = /"submissionsPerDay";r=0;t=(\d+)/.exec(
      refused.headers.get("ratelimit") ?? "",
    ) ?? [""];
    assert.equal(refused.headers.get("retry-after"), reset);
    assert.ok(Number(reset) > 0 && Number(reset) <= 86_400_000, reset);
    await assertProblem(
      refused,
      429,
      "submissions_per_day_exceeded",
      /^submissionsPerDay: each user of this channel has 2 submissions a day, of which 0 are left\. This asks for 1; there are more at \d{4}-/,
    );
    assert.equal(await taskCount(ada), 2);
  });

  void test("counts for each user alone, and for no other channel", async () => {
    await start({ submissionsPerDay: 1 });
    const ada = await headersOf("ada");
    assert.equal((await submit(ada)).status, 202);
    assert.equal((await submit(ada)).status, 429);
    assert.equal((await submit(await headersOf("bob"))).status, 202);
    const free = await headersOf("ada", "in-unlimited");
    for (let i = 0; i < 3; i++) {
      const response = await submit(free);
      assert.equal(response.status, 202);
      assert.deepEqual(limitsOf(response), [null, undefined]);
    }
  });

  void test("counts a task once, however often it is submitted, and none that is refused", async () => {
    await start({ submissionsPerDay: 2, unitsPerDay: 5 });
    const ada = await headersOf("ada");
    assert.equal((await submit(ada, { features: ["text"] }, "one")).status, 202);
    for (let i = 0; i < 3; i++) {
      assert.equal((await submit(ada, { features: ["text"] }, "one")).status, 202);
    }
    assert.equal((await submit(ada, { features: ["colors"] }, "one")).status, 409);
    const all = ["text", "colors", "labels", "objects", "faces"];
    for (let i = 0; i < 3; i++) {
      await assertProblem(
        await submit(ada, { features: all }, "all"),
        429,
        "units_per_day_exceeded",
      );
    }
    // The same key, for what there is left: nothing was kept of what was refused.
    const last = await submit(ada, { features: all.slice(1) }, "all");
    assert.equal(last.status, 202);
    assert.deepEqual(limitsOf(last)[1], '"submissionsPerDay";r=0, "unitsPerDay";r=0');
    assert.equal((await submit(ada, { features: ["text"] }, "one")).status, 202);
    assert.equal(await taskCount(ada), 2);
  });

  void test("costs nothing on the disk once it is used up", async () => {
    await start({ submissionsPerDay: 1 });
    const ada = await headersOf("ada");
    assert.equal((await submit(ada, {}, "one")).status, 202);
    assert.equal((await submit(ada)).status, 429);
    const files = async () => (await readdir(edge().disk, { recursive: true })).length;
    const before = await files();
    for (let i = 0; i < 5; i++) {
      await assertProblem(await submit(ada), 429, "submissions_per_day_exceeded", /0 are left/);
    }
    assert.equal(await files(), before);
    assert.equal((await submit(ada, {}, "one")).status, 202);
  });

  void test("is refused without the account once it is used up, unless the task may be known", async () => {
    await start({ submissionsPerDay: 1 });
    const broken = await variant("no-early-refusal", {
      "this.#parts.reports.refusal(taskId": "this.#parts.nothing.refusal(taskId",
    });
    await (stage ?? assert.fail()).restartAfterKill({}, broken);
    const ada = await headersOf("ada");
    assert.equal((await submit(ada, {}, "one")).status, 202);
    const first = await submit(ada);
    const again = await submit(ada);
    for (const refused of [first, again]) {
      await assertProblem(refused, 429, "submissions_per_day_exceeded", /0 are left/);
    }
    assert.deepEqual(limitsOf(again), limitsOf(first));
    assert.ok(Number(again.headers.get("retry-after")) <= Number(first.headers.get("retry-after")));
    // Of these the account is asked, which cannot answer here.
    assert.equal((await submit(ada, {}, "one")).status, 500);
    assert.equal((await submit(ada, { features: ["text"] })).status, 500);
    // Nobody else is concerned.
    assert.equal((await submit(await headersOf("bob"))).status, 202);
  });

  void test("is there again when the window ends, as Retry-After says", async () => {
    await start({ submissionsPerDay: 1 }, "43200");
    const ada = await headersOf("ada");
    await eventually(
      "a submission that is refused",
      async () => (await submit(ada)).status === 429,
    );
    const { headers } = await eventually("the next day", async () => {
      const response = await submit(ada);
      return response.status === 202 && response;
    });
    assert.equal(headers.get("ratelimit-policy"), '"submissionsPerDay";q=1;w=2');
  });

  void test("bounds uploads a day, and the bytes that are stored", async () => {
    await start({ uploadsPerDay: 3, storedBytes: 100 });
    const ada = await headersOf("ada");
    const upload = (size: number) =>
      edge().post("/v1/uploads", { contentType: "image/png", size }, ada);
    const first = await upload(60);
    assert.equal(first.status, 200);
    assert.deepEqual(limitsOf(first), [
      '"uploadsPerDay";q=3;w=86400000, "storedBytes";q=100;qu="content-bytes";w=3456000000',
      '"uploadsPerDay";r=2, "storedBytes";r=40',
    ]);
    await assertProblem(
      await upload(41),
      429,
      "stored_bytes_exceeded",
      /^storedBytes: each user of this channel has 100 bytes of uploads, of which 40 are left\. This asks for 41;/,
    );
    assert.equal((await upload(30)).status, 200);
    assert.equal((await upload(10)).status, 200);
    await assertProblem(await upload(1), 429, "stored_bytes_exceeded");
    assert.equal((await submit(ada)).status, 202);
  });

  void test("is exact for who sends 50 times as much, whatever is killed meanwhile", async () => {
    const allowed = 4;
    // A message whose publishing was interrupted comes again in seconds; a day has twelve hours.
    const { pubSub } = await start({ submissionsPerDay: allowed }, "2");
    const ada = await headersOf("ada");
    const bob = await headersOf("bob");
    const keys = Array.from({ length: 50 * allowed }, (_, index) => `key-${index}`);
    const statuses: number[] = [];
    let answers = 0;
    let restarting: Promise<void> | undefined;
    const submitUntilAnswered = async (key: string): Promise<number> => {
      for (;;) {
        await restarting;
        try {
          const { status } = await submit(ada, {}, key);
          if (status !== 503) {
            return status;
          }
        } catch (error) {
          // Killed in between: whether the task was accepted is not known, so it is submitted again.
          assert.ok(error instanceof TypeError, String(error));
        }
      }
    };
    const work = async (): Promise<void> => {
      for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
        statuses.push(await submitUntilAnswered(key));
        if ([3, 40, 120].includes(++answers)) {
          restarting = (stage ?? assert.fail()).restartAfterKill();
          await restarting;
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    const counts = (status: number) => statuses.filter((one) => one === status).length;
    assert.deepEqual([counts(202), counts(429)], [allowed, 49 * allowed]);
    assert.equal(await taskCount(ada), allowed);
    // What was refused is not published, later either.
    const published = () =>
      new Set(
        pubSub.requests
          .filter(({ path }) => path.includes("/download-topic:"))
          .map(({ attributes }) => attributes["taskId"]),
      );
    await eventually("all messages", () => published().size >= allowed);
    assert.equal((await submit(bob)).status, 202);
    await eventually("the other's message", () => published().size > allowed);
    assert.equal(published().size, allowed + 1);
    assert.equal((await submit(ada)).status, 429);
  });
});
