import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { eventually } from "./support/eventually.js";
import { IMAGE, Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

// Stories of one owner with real objects: tasks are submitted, end, are cancelled and deleted in any order, and the
// edge is killed at any time, in the middle of what these steps have begun.

const STORIES = 8;
const MAX_IN_FLIGHT = 2;

type Step =
  | { readonly kind: "submit"; readonly priority: string }
  | { readonly kind: "end" | "cancel" | "delete"; readonly index: number }
  | { readonly kind: "kill" };

const index = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("submit" as const),
      priority: fc.constantFrom("high", "normal", "low"),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("end" as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const) }) },
);

void describe("An owner's tasks", () => {
  let stage: Stage;
  let config: string;
  before(async () => {
    stage = await Stage.start({ IN_TIME_SCALE: "3600" });
    config = await variant("few-in-flight", {
      "DEFAULT_TASKS_IN_FLIGHT = 1e3": `DEFAULT_TASKS_IN_FLIGHT = ${MAX_IN_FLIGHT}`,
    });
    await stage.restartAfterKill({}, config);
  });
  after(() => stage.stop());

  /** Those whose download was requested. */
  const begun = (tasks: readonly string[]): string[] =>
    tasks.filter((taskId) =>
      stage.pubSub.of(taskId).some(({ path }) => path.includes("/download-topic:")),
    );

  void test("are never more in flight than allowed, and all begin, whatever happens", async () => {
    let operations = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (story) => {
        const tasks: string[] = [];
        const ended = new Set<string>();
        const gone = new Set<string>();
        const inFlight = (): string[] =>
          begun(tasks).filter((taskId) => !ended.has(taskId) && !gone.has(taskId));
        const end = async (taskId: string): Promise<void> => {
          ended.add(taskId);
          assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
        };
        const atMost = (): void => {
          const running = inFlight();
          assert.ok(running.length <= MAX_IN_FLIGHT, `in flight: ${running.join(", ")}`);
        };
        for (const one of story) {
          if (one.kind === "submit") {
            tasks.push(await stage.submit({ ...IMAGE, priority: one.priority }));
          } else if (one.kind === "kill") {
            await stage.restartAfterKill({}, config);
          } else {
            const all = one.kind === "end" ? inFlight() : tasks.filter((id) => !begun([id]).length);
            const taskId = all[one.index % Math.max(1, all.length)];
            if (taskId === undefined || ended.has(taskId) || gone.has(taskId)) {
              continue;
            }
            if (one.kind === "end") {
              await end(taskId);
            } else {
              // It may begin meanwhile, and then it is in flight until recovery has cancelled or deleted it.
              gone.add(taskId);
              await stage.command(
                taskId,
                one.kind,
                `operation_${String(++operations).padStart(8, "0")}`,
              );
              await stage.putStatus(taskId, {
                status: "failed",
                error: { code: "cancelled", message: "" },
              });
            }
          }
          atMost();
        }
        // In the end everything has begun that is still wanted, without anything else that happens.
        await eventually("every task has begun", async () => {
          atMost();
          for (const taskId of inFlight()) {
            await end(taskId);
          }
          return tasks.every((taskId) => ended.has(taskId) || gone.has(taskId));
        });
      }),
      { numRuns: STORIES },
    );
  });
});
