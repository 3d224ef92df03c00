// Runs a job's scripts in their order, as the runner would, with stand-ins for the programs that reach
// beyond this machine. Actions (`uses`) are left out: what they bring, the caller has put in place.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/**
 * @typedef {import("./workflows.mjs").Job} Job
 * @typedef {Record<string, any>} Contexts what expressions read: github, vars, secrets, needs, …
 */

/**
 * @param {{env?: Record<string, string>}} workflow
 * @param {Job} job
 * @param {{folder: string, bin: string, contexts: Contexts, env?: NodeJS.ProcessEnv}} where `bin` has the stand-ins
 * @returns {Promise<{ran: string[], outputs: Record<string, string>, failed?: string}>} the names of the
 *   steps that ran, the job's outputs, and what the first step that failed has printed
 */
export async function runJob(workflow, job, { folder, bin, contexts, env = {} }) {
  const scratch = mkdtempSync(join(tmpdir(), "in-job-"));
  /** @type {Contexts} */
  const known = { ...contexts, steps: {}, env: {}, failure: () => failed !== undefined };
  const ran = [];
  /** @type {string | undefined} */
  let failed;
  for (const { id } of job.steps) {
    if (id !== undefined) known.steps[id] = { outcome: "skipped", outputs: {} };
  }
  try {
    for (const [index, step] of job.steps.entries()) {
      if (step.run === undefined) continue;
      if (failed !== undefined && !step.if?.includes("failure()")) continue;
      if (step.if !== undefined && !evaluate(step.if, known)) continue;
      const files = {
        GITHUB_OUTPUT: join(scratch, `${index}.output`),
        GITHUB_STEP_SUMMARY: join(scratch, `${index}.md`),
        GITHUB_ENV: join(scratch, `${index}.env`),
      };
      Object.values(files).forEach((file) => writeFileSync(file, ""));
      known.env = { ...resolved(workflow.env, known), ...resolved(job.env, known) };
      const name = step.name ?? step.run.split("\n")[0] ?? "";
      ran.push(name);
      try {
        // As the runner calls it: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
        await promisify(execFile)("bash", ["-e", "-c", step.run], {
          cwd: join(folder, step["working-directory"] ?? "."),
          maxBuffer: 64 << 20,
          env: {
            ...process.env,
            ...env,
            ...githubVariables(known.github),
            ...known.env,
            ...resolved(step.env, known),
            ...files,
            PATH: `${bin}${delimiter}${process.env.PATH}`,
          },
        });
      } catch (error) {
        const { stdout, stderr } = /** @type {any} */ (error);
        failed ??= `${name}:\n${stdout}\n${stderr}`;
        if (step.id !== undefined) known.steps[step.id] = { outcome: "failure", outputs: {} };
        continue;
      }
      if (step.id !== undefined) {
        const outputs = outputsIn(readFileSync(files.GITHUB_OUTPUT, "utf8"));
        known.steps[step.id] = { outcome: "success", outputs };
      }
    }
    return failed === undefined
      ? { ran, outputs: resolved(job.outputs, known) }
      : { ran, outputs: {}, failed };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Writes programs that stand in for others.
 *
 * @param {string} bin
 * @param {Record<string, string>} scripts of bash, by name
 */
export function standIns(bin, scripts) {
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\nset -eu\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

/** Storage's `gcloud storage cp`, with a folder in the place of all buckets; other commands do nothing. */
export const GCLOUD = `
if [ "$1 $2" = "storage cp" ]; then
  from=\${3/gs:\\/\\//$BUCKETS/} to=\${4/gs:\\/\\//$BUCKETS/}
  mkdir -p "$(case $to in */) echo "$to" ;; *) dirname "$to" ;; esac)"
  cp "$from" "$to"
fi`;

/** Expressions are close enough to JavaScript. @param {string} expression @param {Contexts} known */
function evaluate(expression, known) {
  const bare = expression.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, "$1");
  const names = [
    "github",
    "vars",
    "secrets",
    "needs",
    "matrix",
    "inputs",
    "steps",
    "env",
    "failure",
  ];
  return new Function(...names, `return (${bare});`)(...names.map((name) => known[name] ?? {}));
}

/** @param {Record<string, string> | undefined} values @param {Contexts} known */
function resolved(values = {}, known) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{([^]*?)\}\}/g, (_, it) => String(evaluate(it, known) ?? "")),
    ]),
  );
}

/** @param {{run_id?: string, run_attempt?: string, sha?: string, ref?: string}} github */
function githubVariables({ run_id = "1", run_attempt = "1", sha = "0", ref = "" } = {}) {
  return {
    GITHUB_RUN_ID: run_id,
    GITHUB_RUN_ATTEMPT: run_attempt,
    GITHUB_SHA: sha,
    GITHUB_REF: ref,
  };
}

/** @param {string} text @returns {Record<string, string>} */
function outputsIn(text) {
  return Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
