// Dockerfiles, by dockerfile-utils and by what this project wants besides.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { ROOT } from "./root.mjs";

const FOLDER = join(ROOT, "functions");
/** The tag is for people and Dependabot, the digest is what is pulled. */
const BASE = /^[\w.-]+\.\w+\/[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/;
const UNPRIVILEGED = /^[1-9]\d*:[1-9]\d*$/;

/** @returns {{name: string, text: string}[]} every Dockerfile of the project */
export function dockerfiles() {
  return readdirSync(FOLDER)
    .filter((name) => /^Dockerfile(\.\w+)?$/.test(name) && !name.endsWith(".dockerignore"))
    .map((name) => ({ name, text: readFileSync(join(FOLDER, name), "utf8") }));
}

/**
 * @param {{name: string, text: string}} dockerfile
 * @returns {string[]} what the linter and this project's own rules find
 */
export function problems({ name, text }) {
  const found = ofLastStage(DockerfileParser.parse(text));
  return [...buildProblems({ name, text }), ...found.map((problem) => `${name}: ${problem}`)];
}

/**
 * @param {{name: string, text: string}} dockerfile
 * @returns {string[]} what is wrong with how it is built, whatever runs in it
 */
export function buildProblems({ name, text }) {
  const dockerfile = DockerfileParser.parse(text);
  const linted = validate(text).map(
    (found) => `line ${found.range.start.line + 1}: ${found.message}`,
  );
  return [...linted, ...ofBases(dockerfile), ...ofSources(dockerfile)].map(
    (problem) => `${name}: ${problem}`,
  );
}

/**
 * Every base image is an argument with a registry, a tag and a digest as its default, or an earlier stage.
 *
 * @param {import('dockerfile-ast').Dockerfile} dockerfile
 */
function ofBases(dockerfile) {
  const found = [];
  const stages = new Set();
  for (const from of dockerfile.getFROMs()) {
    const image = from.getImage() ?? "";
    if (!image.startsWith("$") && !stages.has(image)) {
      found.push(`the base image ${image} is not an argument`);
    }
    stages.add(from.getBuildStage());
  }
  for (const arg of dockerfile.getInitialARGs()) {
    const { name, value } = argument(arg);
    if (!name.endsWith("_IMAGE") || !BASE.test(value)) {
      found.push(`${name}=${value} is not a base image with its registry, a tag and a digest`);
    }
  }
  return found;
}

/** @param {import('dockerfile-ast').Arg} arg */
function argument(arg) {
  const property = arg.getProperty();
  return { name: property?.getName() ?? "", value: property?.getValue() ?? "" };
}

/**
 * What is copied out of the project exists.
 *
 * @param {import('dockerfile-ast').Dockerfile} dockerfile
 */
function ofSources(dockerfile) {
  return dockerfile
    .getCOPYs()
    .filter((copy) => !copy.getFlags().some((flag) => flag.getName() === "from"))
    .flatMap((copy) => copy.getArguments().slice(0, -1))
    .map((source) => source.getValue())
    .filter((source) => !existsSync(join(ROOT, source)))
    .map((source) => `${source} is copied and does not exist`);
}

/**
 * What runs is unprivileged, and gets its signals itself: Cloud Run's SIGTERM must arrive.
 *
 * @param {import('dockerfile-ast').Dockerfile} dockerfile
 */
function ofLastStage(dockerfile) {
  const last = dockerfile.getFROMs().at(-1)?.getRange().start.line ?? 0;
  const instructions = dockerfile
    .getInstructions()
    .filter((it) => it.getRange().start.line >= last);
  const user = instructions.findLast((it) => it.getKeyword() === "USER");
  const start = instructions.findLast((it) => it.getKeyword() === "ENTRYPOINT");
  const found = [];
  if (!UNPRIVILEGED.test(user?.getArgumentsContent() ?? "")) {
    found.push("the last stage does not run as a numbered user other than root");
  }
  if (!start?.getArgumentsContent()?.startsWith("[")) {
    found.push("the last stage's ENTRYPOINT is a shell's, which keeps signals to itself");
  }
  return found;
}
