// The development container cannot be built here: it is parsed, and compared with what the launcher wants.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "jsonc-parser";
import { buildProblems } from "../dockerfiles.mjs";
import { ROOT } from "../root.mjs";

const FOLDER = join(ROOT, ".devcontainer");
/** @param {string} path */
const read = (path) => readFileSync(path, "utf8");
const dockerfile = read(join(FOLDER, "Dockerfile"));
const tools = read(join(ROOT, "runner/launcher/tools.sh"));

/** @param {string} text @param {RegExp} pattern */
const whole = (text, pattern) => Number(pattern.exec(text)?.[1]);

test("the configuration names a Dockerfile, a user of it, and a command that exists", () => {
  /** @type {import("jsonc-parser").ParseError[]} */
  const errors = [];
  const configuration = parse(read(join(FOLDER, "devcontainer.json")), errors);
  assert.deepEqual(errors, []);
  assert.ok(existsSync(join(FOLDER, configuration.build.dockerfile)));
  assert.match(dockerfile, new RegExp(`^USER ${configuration.remoteUser}$`, "m"));
  assert.match(configuration.postCreateCommand, /^\.\/in doctor$/);
});

test("nothing is wrong with its Dockerfile", () => {
  assert.deepEqual(buildProblems({ name: "Dockerfile", text: dockerfile }), []);
});

test("it has the JDK and a Node that the launcher asks for", () => {
  assert.equal(
    whole(dockerfile, /eclipse-temurin-(\d+)/),
    whole(tools, /^JDK_VERSION=\$\{IN_JDK_VERSION:-(\d+)\}/m),
  );
  assert.ok(whole(dockerfile, /node:(\d+)-/) >= whole(tools, /^NODE_VERSION=(\d+)/m));
});
