// Writes the tables of docs/operations anew: `npm run tables`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../root.mjs";
import { figures } from "./figures.mjs";
import { PAGES, withTables } from "./tables.mjs";

for (const [path, tables] of Object.entries(PAGES)) {
  const file = join(ROOT, path);
  writeFileSync(file, withTables(readFileSync(file, "utf8"), tables, figures()));
}
