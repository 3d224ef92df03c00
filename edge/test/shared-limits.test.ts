import { strict as assert } from "node:assert";
import { after, afterEach, before, describe, test } from "node:test";
import { grantOf } from "../src/budget/grant.js";
import { channelFile } from "./support/channels.js";
import type { Environment } from "./support/edge.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";

const AUDIENCE = "in-users";
/** No day ends while a test runs: it has a thousand. */
const SLOW = "0.001";

void describe("What is leased to an account", () => {
  void test("is what it needs, and, once it has used much, a quarter of that ahead", () => {
    assert.equal(grantOf(0, 2, 100_000), 2);
    assert.equal(grantOf(2, 6, 100_000), 6);
    assert.equal(grantOf(400, 6, 100_000), 100);
    assert.equal(grantOf(400, 120, 100_000), 120);
  });

  void test("is at most a fiftieth of what is left ahead, and never more than is left", () => {
    assert.equal(grantOf(40_000, 2, 10_000), 200);
    assert.equal(grantOf(400, 2, 40), 2);
    assert.equal(grantOf(400, 40, 40), 40);
  });

  void test("is nothing where so much is not left, or nothing is needed", () => {
    assert.equal(grantOf(400, 41, 40), 0);
    assert.equal(grantOf(400, 0, 40), 0);
    assert.equal(grantOf(400, -5, 40), 0);
  });
});

void describe("What a channel allows all its users together", () => {
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

  const start = async (channel: object, scale = SLOW): Promise<Stage> => {
    const limited = { name: "test", issuer: issuer.url, audience: AUDIENCE, ...channel };
    const unlimited = { name: "unlimited", issuer: issuer.url, audience: "in-unlimited" };
    stage = await Stage.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile(limited, unlimited),
      IN_TIME_SCALE: scale,
    });
    return stage;
  };
  const edge = () => (stage ?? assert.fail("no stage")).edge;
  const user = async (sub: string, aud = AUDIENCE): Promise<Environment> => ({
    authorization: `Bearer ${await issuer.token({ aud, sub })}`,
  });
  const submit = (headers: Environment, body: object = {}, key?: string): Promise<Response> =>
    edge().post(
      "/v1/tasks",
      { ...IMAGE, ...body },
      { ...headers, ...(key === undefined ? {} : { "idempotency-key": key }) },
    );

  void test("is refused to each of them beyond it, with its name, and to nobody else", async () => {
    await start({ limits: { channel: { submissionsPerDay: 3 } } });
    const [ada, bob, cleo] = [await user("ada"), await user("bob"), await user("cleo")];
    assert.equal((await submit(ada, {}, "one")).status, 202);
    assert.equal((await submit(ada)).status, 202);
    assert.equal((await submit(bob)).status, 202);
    for (const headers of [bob, cleo, ada]) {
      const refused = await submit(headers);
      assert.ok(Number(refused.headers.get("retry-after")) > 0);
      await assertProblem(
        refused,
        429,
        "channel_submissions_per_day_exceeded",
        /^channelSubmissionsPerDay: all users of this channel together have 3 submissions a day, of which 0 are left\. This asks for 1; there are more at \d{4}-/,
      );
    }
    assert.equal((await submit(ada, {}, "one")).status, 202);
    assert.equal((await submit(await user("ada", "in-unlimited"))).status, 202);
  });

  void test("leaves room for what needs less than is asked for too much", async () => {
    await start({ limits: { channel: { unitsPerDay: 5 } } });
    const [ada, bob] = [await user("ada"), await user("bob")];
    assert.equal((await submit(ada, { features: ["text", "colors", "labels"] })).status, 202);
    await assertProblem(
      await submit(bob, { features: ["text", "colors", "labels"] }),
      429,
      "channel_units_per_day_exceeded",
      /5 units of analysis a day, of which 2 are left\. This asks for 3;/,
    );
    assert.equal((await submit(bob, { features: ["text", "colors"] })).status, 202);
    assert.equal((await submit(ada, { features: ["text"] })).status, 429);
  });

  void test("is not touched by what an owner's own limit refuses", async () => {
    await start({ limits: { submissionsPerDay: 1, channel: { submissionsPerDay: 2 } } });
    const ada = await user("ada");
    assert.equal((await submit(ada)).status, 202);
    for (let i = 0; i < 3; i++) {
      await assertProblem(await submit(ada), 429, "submissions_per_day_exceeded");
    }
    assert.equal((await submit(await user("bob"))).status, 202);
    await assertProblem(
      await submit(await user("cleo")),
      429,
      "channel_submissions_per_day_exceeded",
    );
  });

  void test("is there again the next day", async () => {
    await start({ limits: { channel: { submissionsPerDay: 1 } } }, "43200");
    const ada = await user("ada");
    const answers = (status: number) => async () => (await submit(ada)).status === status;
    await eventually("a submission that is refused", answers(429));
    await eventually("the next day", answers(202));
  });

  void test("is exact for many at a time, whatever is killed meanwhile, as the budget is", async () => {
    // A message whose publishing was interrupted comes again in seconds; a day has twelve hours.
    const [submissions, units] = [12, 8];
    const { pubSub } = await start(
      {
        limits: { channel: { submissionsPerDay: submissions } },
        budget: { unitsPerDay: units },
      },
      "2",
    );
    const users = await Promise.all(Array.from({ length: 6 }, (_, i) => user(`user ${i}`)));
    const waiting = Array.from({ length: 60 }, (_, i) => `key-${i}`);
    const statuses: number[] = [];
    let answers = 0;
    let restarting: Promise<void> | undefined;
    const submitUntilAnswered = async (headers: Environment, key: string): Promise<number> => {
      for (;;) {
        await restarting;
        try {
          const { status } = await submit(headers, { features: ["text"] }, key);
          if (status !== 503) {
            return status;
          }
        } catch (error) {
          // Killed in between: whether the task was accepted is not known, so it is submitted again.
          assert.ok(error instanceof TypeError, String(error));
        }
      }
    };
    const work = async (headers: Environment): Promise<void> => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        statuses.push(await submitUntilAnswered(headers, key));
        if ([2, 9, 25].includes(++answers)) {
          restarting = (stage ?? assert.fail()).restartAfterKill();
          await restarting;
        }
      }
    };
    await Promise.all(users.map(work));
    const counts = (status: number) => statuses.filter((one) => one === status).length;
    assert.deepEqual([counts(202), counts(429)], [submissions, 60 - submissions]);
    const published = () =>
      new Map(
        pubSub.requests
          .filter(({ path }) => path.includes("/download-topic:"))
          .map(({ attributes, data }) => [attributes["taskId"], data]),
      );
    await eventually("all messages", () => published().size >= submissions);
    const skipped = [...published().values()].filter((data) => data.includes("skipAnalysis"));
    assert.deepEqual([published().size, skipped.length], [submissions, submissions - units]);
  });
});
