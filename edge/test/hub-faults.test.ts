import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { usersOf } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { AUDIENCE, HubStory, ownerOf } from "./support/hub-story.js";
import { TestIssuer } from "./support/issuer.js";
import { Receiver } from "./support/receiver.js";
import { Stage } from "./support/stage.js";
import { testingWorker } from "./support/testing-worker.js";
import type { Fault } from "./worker/steps.js";

// What coordinators, accounts and webhooks do to each other and to the world, with something going wrong
// at every single step of it. Stories run side by side, each with an owner of its own.

/** Seconds become milliseconds: what comes again by an alarm comes soon. */
const SCALE = "1000";
const CONCURRENCY = 6;

/** Some at a time; the first that fails ends all. */
async function sideBySide<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

function isReached(stage: Stage, { owner, step }: Fault): boolean {
  return stage.edge.logs.some(
    (line) => line["message"] === "fault" && line["owner"] === owner && line["step"] === step,
  );
}

/**
 * What is called for the second time or later depends on what happens to be sent together: these faults
 * need not all be reached.
 */
function assertReached(stage: Stage, all: readonly Fault[]): void {
  const missed = all.filter((fault) => !isReached(stage, fault));
  const certain = missed.filter(({ step }) => step.endsWith(" 1"));
  assert.deepEqual(certain, []);
  assert.ok(missed.length < all.length / 4, `${missed.length} of ${all.length} not reached`);
}

void describe("Whatever goes wrong between coordinators, accounts and webhooks", () => {
  let users: TestIssuer;
  let receiver: Receiver;
  let worker: string;
  let steps: readonly string[];
  before(async () => {
    users = await TestIssuer.start();
    receiver = await Receiver.start();
    worker = await testingWorker();
    steps = await allSteps();
  });
  after(async () => {
    await receiver.stop();
    await users.stop();
  });

  const onStage = async (
    faults: readonly Fault[],
    work: (stage: Stage, story: (sub: string) => Promise<HubStory>) => Promise<void>,
  ): Promise<void> => {
    const stage = await Stage.start({
      // What a story submits, once; of what they share there is enough.
      ...usersOf(users.url, AUDIENCE, {
        submissionsPerDay: 2,
        unitsPerDay: 4,
        channel: { submissionsPerDay: 100_000 },
      }),
      IN_FETCH_ALLOW: receiver.host,
      IN_TIME_SCALE: SCALE,
    });
    try {
      await stage.restartAfterKill({ FAULTS: JSON.stringify(faults) }, worker);
      await work(stage, (sub) => HubStory.of(sub, stage, receiver, users));
    } finally {
      await stage.stop();
    }
  };

  /** Of a story in which nothing goes wrong, in their order. */
  const allSteps = async (): Promise<string[]> => {
    let found: string[] = [];
    await onStage([], async (stage, storyOf) => {
      const story = await storyOf("nothing");
      await story.run();
      await story.assertEnd();
      found = stage.edge.logs
        .filter(({ message }) => message === "step")
        .map(({ step }) => String(step));
    });
    return found;
  };

  /** These steps, among so many owners. */
  const faultsAt = async (
    kind: Fault["kind"],
    isWanted: (step: string) => boolean,
    owners: number,
  ): Promise<{ subs: string[]; faults: Fault[] }> => {
    const subs = Array.from({ length: owners }, (_, index) => `${kind} ${index}`);
    const ids = await Promise.all(subs.map((sub) => ownerOf(sub, users)));
    const faults = steps.filter(isWanted).map((step, index) => {
      return { owner: ids[index % owners] ?? "", step, kind };
    });
    return { subs, faults };
  };

  /** Every story ends as if nothing had gone wrong, however often something does. */
  const assertAllEnd = async (
    kind: Fault["kind"],
    isWanted: (step: string) => boolean,
  ): Promise<void> => {
    const { subs, faults } = await faultsAt(kind, isWanted, CONCURRENCY);
    await onStage(faults, async (stage, storyOf) => {
      await sideBySide(subs, async (sub) => {
        const story = await storyOf(sub);
        await story.run();
        await story.assertEnd();
      });
      assertReached(stage, faults);
    });
  };

  const isCall = (step: string): boolean => step.includes(" > ");

  void test("there are calls in every direction", () => {
    const names = new Set(steps.filter((step) => step.endsWith(" 1")));
    for (const call of [
      "coordinator > account.report",
      "account > budget.lease",
      "account > webhook.deliver",
      "account > webhook.remove",
      "webhook > account.webhookDisabled",
      "webhook > account.webhookSecrets",
      "publish on download-topic",
      "publish on task-commands",
      "publish on account-events",
      "send to an endpoint",
    ]) {
      assert.ok(names.has(`before ${call} 1`) && names.has(`after ${call} 1`), call);
    }
  });

  void test("a call that fails, or whose answer is lost, comes again", async () => {
    await assertAllEnd("error", () => true);
  });

  void test("a call that is never answered keeps nothing else waiting, and comes again", async () => {
    await assertAllEnd("hang", (step) => isCall(step) && step.startsWith("before"));
  });

  void test("an object that is thrown out of memory goes on", async () => {
    await assertAllEnd("reset", isCall);
  });

  // An owner can be stopped once: a story for each call's first time, before and after it.
  const isFirst = (step: string): boolean => step.endsWith(" 1");

  void test("a kill -9 before or after any call leaves nothing out, and nothing twice", async () => {
    const { subs, faults } = await faultsAt("stop", isFirst, steps.filter(isFirst).length);
    await onStage(faults, async (stage, storyOf) => {
      const all = subs.map((sub, index) => ({ sub, fault: faults[index] as Fault }));
      await sideBySide(all, async ({ sub, fault }) => {
        const story = await storyOf(sub);
        await story.runUntil(() => isReached(stage, fault));
        // The story may end a moment before it.
        await eventually(`${fault.step} of ${sub}`, () => isReached(stage, fault));
      });
      await stage.restartAfterKill({}, worker);
      await sideBySide(subs, async (sub) => {
        const story = await storyOf(sub);
        await story.run();
        await story.assertEnd();
      });
    });
  });
});
