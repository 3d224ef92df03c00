import { strict as assert } from "node:assert";
import { after, afterEach, before, describe, test } from "node:test";
import { channelFile } from "./support/channels.js";
import type { Environment } from "./support/edge.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import type { Published } from "./support/pubsub.js";
import { IMAGE, Stage } from "./support/stage.js";

/** No day ends while a test runs: it has a thousand. */
const SLOW = "0.001";
const SLOW_DAY_MS = 86_400_000 * 1_000;
/** Two units each. */
const TASK = { ...IMAGE, features: ["text", "colors"] };

interface Budget {
  readonly exceeded: boolean;
}

void describe("A day's budget of analyses", () => {
  let issuer: TestIssuer;
  let stage: Stage;
  before(async () => {
    issuer = await TestIssuer.start();
  });
  afterEach(async () => {
    await stage.stop();
  });
  after(async () => {
    await issuer.stop();
  });

  const start = async (overrides: Environment): Promise<void> => {
    stage = await Stage.start({ IN_TIME_SCALE: SLOW, ...overrides });
  };
  const startWithUsers = async (budget: object, overrides: Environment = {}): Promise<void> => {
    const channel = { name: "test", issuer: issuer.url, audience: "in-test", ...budget };
    const other = { name: "other", issuer: issuer.url, audience: "in-other" };
    await start({ AUTH_MODE: "oidc", IN_CHANNELS: channelFile(channel, other), ...overrides });
  };
  const user = async (sub: string, aud = "in-test"): Promise<Environment> => ({
    authorization: `Bearer ${await issuer.token({ aud, sub })}`,
  });
  /** Of a task that is submitted: what its first message says of its analysis. */
  const skipped = async (headers: Environment = {}, body: object = TASK): Promise<unknown> => {
    const taskId = await stage.submit(body, headers);
    const [first] = await stage.publishedOn("download-topic", taskId);
    return payloadOf(first)["skipAnalysis"];
  };
  const budgets = async (headers: Environment = {}): Promise<Budget[]> => {
    const response = await stage.edge.fetch("/v1/account", { headers });
    return ((await response.json()) as { budgets: Budget[] }).budgets;
  };
  const exceeded = (): Published[] =>
    stage.pubSub.requests.filter(({ attributes }) => attributes["eventType"] === "budget.exceeded");
  const firstExceeded = (): Promise<Published> => eventually("the event", () => exceeded()[0]);

  void test("ends no task: it is accepted, and says why it is not analysed", async () => {
    await startWithUsers({ budget: { unitsPerDay: 5 } });
    const [ada, bob] = [await user("ada"), await user("bob")];
    assert.equal(await skipped(ada), undefined);
    assert.equal(await skipped(bob), undefined);
    assert.equal(await skipped(ada), "budget_exceeded");
    // One unit is left.
    assert.equal(await skipped(bob, { ...IMAGE, features: ["text"] }), undefined);
    assert.equal(await skipped(bob, { ...IMAGE, features: ["text"] }), "budget_exceeded");
    // Another channel has none.
    assert.equal(await skipped(await user("ada", "in-other")), undefined);
  });

  void test("is shown in units and dollars, with what has become of it", async () => {
    await startWithUsers({ budget: { unitsPerDay: 1 } }, { IN_BUDGET_UNITS_PER_DAY: "1000" });
    const resetsAt = new Date(dayStart() + SLOW_DAY_MS).toISOString();
    const ofChannel = { scope: "channel", unitsPerDay: 1, dollarsPerDay: 0.0015, resetsAt };
    const ofAll = { scope: "all", unitsPerDay: 1_000, dollarsPerDay: 1.5, resetsAt };
    const ada = await user("ada");
    assert.deepEqual(await budgets(ada), [
      { ...ofChannel, unitsLeft: 1, exceeded: false },
      { ...ofAll, unitsLeft: 1_000, exceeded: false },
    ]);
    assert.equal(await skipped(ada), "budget_exceeded");
    // What did not fit into the channel's is leased of the other all the same, for ada's next task.
    assert.equal(await skipped(await user("bob", "in-other")), undefined);
    assert.deepEqual(await budgets(ada), [
      { ...ofChannel, unitsLeft: 1, exceeded: true },
      { ...ofAll, unitsLeft: 996, exceeded: false },
    ]);
    assert.deepEqual(await budgets(await user("ada", "in-other")), [
      { ...ofAll, unitsLeft: 996, exceeded: false },
    ]);
  });

  void test("is published once that it is used up, as the event says", async () => {
    await startWithUsers({ budget: { unitsPerDay: 3 } });
    const [ada, bob] = [await user("ada"), await user("bob")];
    assert.equal(await skipped(ada), undefined);
    assert.deepEqual(exceeded(), []);
    for (const headers of [ada, bob, ada]) {
      assert.equal(await skipped(headers), "budget_exceeded");
    }
    const { path, data, attributes } = await firstExceeded();
    assert.match(path, /\/topics\/account-events:publish$/);
    assert.deepEqual(payloadOf({ data }), {
      channel: "test",
      day: new Date(dayStart()).toISOString().slice(0, 10),
      units: 2,
      budget: 3,
    });
    assert.equal(attributes["channel"], "test");
    assert.equal(attributes["owner"], "");
    assert.equal(exceeded().length, 1);
  });

  void test("is published also where one user alone has used it up", async () => {
    await startWithUsers({ budget: { unitsPerDay: 3 } });
    const ada = await user("ada");
    assert.equal(await skipped(ada), undefined);
    assert.equal(await skipped(ada), "budget_exceeded");
    const { data } = await firstExceeded();
    assert.equal(payloadOf({ data })["units"], 2);
    assert.deepEqual(
      (await budgets(ada)).map(({ exceeded }) => exceeded),
      [true],
    );
  });

  void test("can be for all channels, and for everybody without authentication, too", async () => {
    await startWithUsers({}, { IN_BUDGET_UNITS_PER_DAY: "4" });
    assert.equal(await skipped(await user("ada")), undefined);
    assert.equal(await skipped(await user("ada", "in-other")), undefined);
    assert.equal(await skipped(await user("bob")), "budget_exceeded");
    const { data, attributes } = await firstExceeded();
    assert.deepEqual(payloadOf({ data }), {
      day: new Date(dayStart()).toISOString().slice(0, 10),
      units: 4,
      budget: 4,
    });
    assert.equal(attributes["channel"], "");
    await stage.restartAfterKill({ AUTH_MODE: "none" });
    assert.equal(await skipped(), "budget_exceeded");
  });

  void test("decides once: a message that is published again after a kill is the same", async () => {
    await start({ IN_BUDGET_UNITS_PER_DAY: "1", IN_TIME_SCALE: "2" });
    stage.pubSub.otherwise = 503;
    const key = { "idempotency-key": "once" };
    const taskId = await stage.submit(TASK, key);
    const [before] = await stage.publishedOn("download-topic", taskId);
    await stage.restartAfterKill({ IN_BUDGET_UNITS_PER_DAY: "100" });
    const tried = stage.pubSub.of(taskId).length;
    stage.pubSub.otherwise = "accept";
    assert.equal(await stage.submit(TASK, key), taskId);
    const all = await stage.publishedOn("download-topic", taskId, tried + 1);
    assert.equal(payloadOf(before)["skipAnalysis"], "budget_exceeded");
    assert.deepEqual([...new Set(all.map(({ data }) => data))], [before?.data]);
  });

  void test("is published that it is used up although the edge is killed before that", async () => {
    await start({ IN_BUDGET_UNITS_PER_DAY: "1", IN_TIME_SCALE: "2" });
    stage.pubSub.otherwise = 503;
    await stage.submit(TASK);
    const before = await firstExceeded();
    await stage.restartAfterKill();
    const tried = exceeded().length;
    stage.pubSub.otherwise = "accept";
    const again = await eventually("the event once more", () => exceeded()[tried]);
    assert.equal(again.data, before.data);
    assert.equal(again.attributes["eventId"], before.attributes["eventId"]);
  });

  void test("is there again the next day", async () => {
    await start({ IN_BUDGET_UNITS_PER_DAY: "2", IN_TIME_SCALE: "43200" });
    await eventually(
      "a task that is not analysed",
      async () => (await skipped()) === "budget_exceeded",
    );
    await eventually("the next day", async () => (await skipped()) === undefined);
  });
});

function payloadOf(published: Pick<Published, "data"> | undefined): Record<string, unknown> {
  const { payload } = JSON.parse(published?.data ?? assert.fail("nothing was published")) as {
    payload: Record<string, unknown>;
  };
  return payload;
}

function dayStart(): number {
  return Math.floor(Date.now() / SLOW_DAY_MS) * SLOW_DAY_MS;
}
