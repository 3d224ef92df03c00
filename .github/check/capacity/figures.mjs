// The figures of docs/operations, with what other files of the project say already.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../root.mjs";

const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** @returns {any} figures.yaml; services and document TTL of the topology; Terraform's defaults */
export function figures() {
  const topology = parse(read("common-events/src/main/resources/topology.yaml"));
  const variables = read("terraform/variables.tf");
  return {
    ...parse(read("docs/operations/figures.yaml")),
    services: Object.fromEntries(
      Object.entries(topology.functions).map(([name, definition]) => [name, definition.service]),
    ),
    keptDays: parseInt(topology.clocks.documentTtl) / 86_400,
    maxInstances: whole(variables, /max_instances = optional\(number, (\d+)\)/),
    softDeleteDays: whole(variables, /variable "soft_delete_days" \{[^}]*default\s*=\s*(\d+)/),
  };
}

/** @returns {Map<string, number>} what BudgetIT pins, by the counter's name */
export function pinned() {
  const source = read("emulator/src/test/java/dev/in/runner/BudgetIT.java");
  const assertions = /"([\w./]+)"\)\)\s*\.isEqualTo\((\d+)\)/g;
  return new Map([...source.matchAll(assertions)].map((found) => [found[1], Number(found[2])]));
}

function whole(text, pattern) {
  const found = pattern.exec(text);
  if (found === null) {
    throw new Error(`nothing in Terraform's variables matches ${pattern}`);
  }
  return Number(found[1]);
}
