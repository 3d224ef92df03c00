// The tables of docs/operations as Markdown, and where they stand in their pages.
import { ceilings, instances, planned, rampMinutes, RATES } from "./capacity.mjs";
import { costs, costsByUnits, dollarsPerImage } from "./costs.mjs";
import { entry } from "./figures.mjs";

const SECONDS_A_DAY = 86_400;

/** @typedef {(figures: import('./figures.mjs').Figures) => string} Table */

/**
 * Pages with tables, and what makes each table: `<!-- table NAME -->` … `<!-- end -->`.
 *
 * @type {Record<string, Record<string, Table>>}
 */
export const PAGES = {
  "docs/operations/capacity.md": {
    ceilings: ceilingsTable,
    instances: instancesTable,
    rates: ratesTable,
    limits: limitsTable,
  },
  "docs/operations/costs.md": {
    costs: costsTable,
    units: unitsTable,
    monthly: monthlyTable,
    prices: pricesTable,
  },
};

/**
 * @param {string} page
 * @param {Record<string, Table>} tables
 * @param {import('./figures.mjs').Figures} figures
 * @returns {string} the page with all its tables computed anew
 */
export function withTables(page, tables, figures) {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const place = new RegExp(`(<!-- table ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) {
      throw new Error(`there is no place for the table ${name}`);
    }
    return text.replace(
      place,
      (_, /** @type {string} */ start, /** @type {string} */ end) =>
        `${start}\n${table(figures)}\n\n${end}`,
    );
  }, page);
}

/** @param {import('./figures.mjs').Figures} figures */
function ceilingsTable(figures) {
  const rows = ceilings(figures).map(({ name, perTask, limit, rate, kind, raise }) => [
    name,
    number(perTask),
    number(limit),
    number(rate),
    kind,
    raise,
  ]);
  return table(["limit", "each image", "a second", "images/s", "kind", "what to do"], rows);
}

/** @param {import('./figures.mjs').Figures} figures */
function instancesTable(figures) {
  const names = planned(figures);
  const rows = RATES.map((rate) => {
    const needed = instances(figures, rate);
    const cpus = names.reduce(
      (sum, name) => sum + (needed[name] ?? 0) * entry(figures.services, name).cpu,
      0,
    );
    return [number(rate), ...names.map((name) => number(needed[name] ?? 0)), number(cpus)];
  });
  return table(["images/s", ...names, "vCPUs"], rows);
}

/** @param {import('./figures.mjs').Figures} figures */
function ratesTable(figures) {
  const all = ceilings(figures);
  const rows = RATES.map((rate) => {
    const binding = all.filter((ceiling) => ceiling.rate < rate);
    return [
      number(rate),
      binding[0]?.name ?? "nothing",
      binding
        .slice(1)
        .map(({ name }) => name)
        .join("; ") || "nothing",
      Math.max(
        0,
        ...binding
          .filter(({ kind }) => kind === "ramp")
          .map((ceiling) => rampMinutes(ceiling, rate)),
      ),
      number(rate * SECONDS_A_DAY * dollarsPerImage(figures)),
    ];
  });
  return table(["images/s", "binds first", "and then", "minutes to ramp up", "$ a day"], rows);
}

/** @param {import('./figures.mjs').Figures} figures */
function limitsTable(figures) {
  return table(
    ["limit", "source"],
    figures.limits.map(({ name, source }) => [name, source]),
  );
}

/** @param {import('./figures.mjs').Figures} figures */
function costsTable(figures) {
  const lines = costs(figures);
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
  return table(
    ["line", "what", "$ for 1,000"],
    [
      ...lines.map(({ line, amount, dollars }) => [line, amount, money(dollars)]),
      ["**all**", "", `**${money(total)}**`],
    ],
  );
}

/** @param {import('./figures.mjs').Figures} figures */
function unitsTable(figures) {
  return table(
    ["Vision units an image", "$ for 1,000 images"],
    costsByUnits(figures).map(({ units, dollars }) => [units, money(dollars)]),
  );
}

/** @param {import('./figures.mjs').Figures} figures */
function monthlyTable({ monthly }) {
  const total = monthly.reduce((sum, { dollars }) => sum + dollars, 0);
  return table(
    ["what", "$ a month", "source"],
    [
      ...monthly.map(({ what, dollars, source }) => [what, dollars.toFixed(2), source]),
      ["**all**", `**${total.toFixed(2)}**`, ""],
    ],
  );
}

/** @param {import('./figures.mjs').Figures} figures */
function pricesTable({ prices }) {
  const rows = Object.entries(prices)
    .filter(([, entry]) => typeof entry === "object")
    .map(([name, { source }]) => [name, source]);
  return table(["price", "source"], rows);
}

/**
 * @param {string[]} head
 * @param {(string | number)[][]} rows
 */
function table(head, rows) {
  /** @param {(string | number)[]} cells */
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {number} value */
function number(value) {
  return Number(value < 100 ? value.toPrecision(3) : Math.round(value)).toLocaleString("en-US");
}

/** @param {number} dollars */
function money(dollars) {
  return dollars.toFixed(4);
}
