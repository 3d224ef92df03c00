import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Budget } from "../client/src/generated/api.js";
import { budgetText } from "../page/show/budget-line.js";
import { assertAccessible } from "./support/accessible.js";
import { skip } from "./support/browser.js";
import { PageStage, submitUrl, tileOf } from "./support/page-stage.js";

const RESETS_AT = "2026-11-28T00:00:00.000Z";
const USED_UP = /^Today's budget for analyses is used up: until .+ images are processed without/;

const budget = (values: Partial<Budget>): Budget => ({
  ...{ scope: "all", unitsPerDay: 1_000, dollarsPerDay: 1.5, resetsAt: RESETS_AT },
  ...values,
});

void describe("What the page says of the day's budgets", () => {
  void test("is about the one that leaves least", () => {
    assert.equal(
      budgetText([
        budget({ unitsLeft: 900, exceeded: false }),
        budget({ scope: "channel", unitsPerDay: 20, unitsLeft: 3, exceeded: false }),
        budget({ unitsPerDay: 5 }),
      ]),
      "Of today's 20 analyses, 3 are left for all users. An image counts once for each thing to look for.",
    );
  });

  void test("is which time they are used up until, should any be", () => {
    const text = budgetText([
      budget({ unitsLeft: 900, exceeded: false }),
      budget({ scope: "channel", unitsPerDay: 20, unitsLeft: 1, exceeded: true }),
    ]);
    assert.match(text, USED_UP);
    assert.ok(text.includes(new Date(RESETS_AT).toLocaleString()), text);
  });

  void test("is nothing where nothing is known, or there are none", () => {
    assert.equal(budgetText([budget({})]), "");
    assert.equal(budgetText([]), "");
  });
});

void describe("Where analyses have a budget for the day, the page", { skip }, () => {
  let it: PageStage;
  before(async () => {
    it = await PageStage.start({ IN_BUDGET_UNITS_PER_DAY: "2" });
  });
  after(() => it.stop());

  void test("shows what is left of it, and when it is used up", () =>
    it.visit(async (page) => {
      const line = page.locator("#budget");
      await line.getByText("Of today's 2 analyses, 2 are left for all users.").waitFor();

      await submitUrl(page, "https://images.example/analysed.png");
      await tileOf(page, "analysed.png").waitFor();
      await line.getByText("Of today's 2 analyses, 0 are left for all users.").waitFor();
      await submitUrl(page, "https://images.example/not-analysed.png");
      await line.getByText(USED_UP).waitFor();
      await assertAccessible(page);
    }));
});
