import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { dockerfiles, problems } from "../dockerfiles.mjs";
import { ROOT } from "../root.mjs";

const all = dockerfiles();

test("there is one Dockerfile for the JVM and one for native executables", () => {
  assert.deepEqual(all.map((dockerfile) => dockerfile.name).sort(), [
    "Dockerfile",
    "Dockerfile.native",
  ]);
});

for (const dockerfile of all) {
  test(`nothing is wrong with functions/${dockerfile.name}`, () => {
    assert.deepEqual(problems(dockerfile), []);
  });
}

test("a Dockerfile that goes wrong is found", () => {
  const text = `ARG OTHER_IMAGE=docker.io/library/debian:latest
FROM debian
COPY nowhere /
USER root
WORKDIR relative
ENTRYPOINT java -jar a.jar
`;

  assert.deepEqual(problems({ name: "Dockerfile", text }), [
    "Dockerfile: line 5: WORKDIR paths should be absolute",
    "Dockerfile: the base image debian is not an argument",
    "Dockerfile: OTHER_IMAGE=docker.io/library/debian:latest is not a base image with its registry, a tag and a digest",
    "Dockerfile: nowhere is copied and does not exist",
    "Dockerfile: the last stage does not run as a numbered user other than root",
    "Dockerfile: the last stage's ENTRYPOINT is a shell's, which keeps signals to itself",
  ]);
});

test("an AOT cache is trained with an instance's heap, whatever memory its builder has", () => {
  const training = readFileSync(join(ROOT, "functions/container/train.sh"), "utf8");
  assert.match(training, /java @"\$here\/jvm\.options" -Xmx300m -XX:AOTCacheOutput=/);
});

test("images are built for the architecture that Cloud Run has", () => {
  const workflow = readFileSync(join(ROOT, ".github/workflows/deploy.yml"), "utf8");
  const build = parse(workflow).jobs.image.steps.find(
    (/** @type {any} */ step) => step.name === "Build",
  );
  assert.equal(build.with.platforms, "linux/amd64");
  const images = "runner/src/main/java/dev/in/runner/deploy/Images.java";
  assert.match(
    readFileSync(join(ROOT, images), "utf8"),
    /"docker",\s+"build",\s+"--platform=linux\/amd64"/,
  );
});
