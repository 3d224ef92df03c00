import assert from "node:assert/strict";
import { test } from "node:test";
import { dockerfiles, problems } from "../dockerfiles.mjs";

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
