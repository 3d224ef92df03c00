import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dashboards, managedCharts, ownMetrics, queries, strangers } from "../dashboards.mjs";

import { ROOT } from "../root.mjs";

const all = dashboards();

test("there are dashboards, and metrics to check them against", () => {
  assert.deepEqual(all.map((dashboard) => dashboard.name).sort(), ["chain.json", "runtime.json"]);
  assert.ok(ownMetrics().has("in_deliveries_seconds_count"));
});

for (const dashboard of all) {
  test(`${dashboard.name} asks for metrics and labels that there are`, () => {
    assert.deepEqual(
      queries(dashboard).flatMap((query) => strangers(query)),
      [],
    );
  });

  test(`${dashboard.name} works with any data source`, () => {
    for (const panel of dashboard.json.panels.filter((panel) => panel.type !== "row")) {
      assert.equal(panel.datasource.uid, "${datasource}", panel.title);
    }
  });
}

test("every metric of iN's own is on a dashboard", () => {
  const shown = all.flatMap(queries).join("\n");
  const families = new Set(
    [...ownMetrics().keys()].map((name) => name.replace(/_(bucket|count|max|sum)$/, "")),
  );
  assert.deepEqual(
    [...families].filter((family) => !shown.includes(family)),
    [],
  );
});

test("Cloud Monitoring's dashboard shows the latest hour by the names that analytics publishes", () => {
  const charts = managedCharts(
    readFileSync(join(ROOT, "terraform/modules/monitoring/dashboard.tf"), "utf8"),
  );
  assert.deepEqual(
    charts.flatMap((query) => strangers(query)),
    [],
  );
  assert.deepEqual(charts, [
    "max by (status) (in_hour_tasks)",
    "max by (channel) (in_hour_channels)",
    "max by (failure) (in_hour_failures)",
    "max by (operation) (in_hour_billable)",
    "max by (operation) (in_hour_dollars)",
  ]);
});

test("a query for what there is not is found", () => {
  assert.deepEqual(
    strangers(
      'sum by (reason) (rate(in_work_seconds_count{funktion="ai"}[1m])) / in_nothing_total',
    ),
    [
      "in_work_seconds_count has no label funktion",
      "in_work_seconds_count has no label reason",
      "there is no metric in_nothing_total",
    ],
  );
});
