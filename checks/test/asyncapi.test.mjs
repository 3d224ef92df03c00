// docs/asyncapi.yaml, read by AsyncAPI's own parser. That it is what topology and schemas say, a test of
// common-events holds.
import { DiagnosticSeverity, Parser } from "@asyncapi/parser";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../root.mjs";
import { topology } from "../topology.mjs";

const text = readFileSync(join(ROOT, "docs/asyncapi.yaml"), "utf8");

/** @param {string} document */
async function problems(document) {
  const { diagnostics } = await new Parser().parse(document);
  return diagnostics
    .filter(({ severity }) => severity <= DiagnosticSeverity.Warning)
    .map(({ message }) => message);
}

test("the document is valid AsyncAPI, without a warning", async () => {
  assert.deepEqual(await problems(text), []);
});

test("a reference that leads nowhere is found", async () => {
  const broken = text.replace("#/components/messages/task.failed", "#/components/messages/gone");
  assert.notDeepEqual(await problems(broken), []);
});

test("every event topic has a channel with the messages of the topology", async () => {
  const { document } = await new Parser().parse(text);
  assert.ok(document);
  const sent = document
    .operations()
    .filterBySend()
    .flatMap((operation) => operation.channels().all())
    .map((channel) => [
      channel.address(),
      channel
        .messages()
        .all()
        .map((message) => message.name()),
    ]);
  const events = Object.entries(topology.topics)
    .filter(([, topic]) => topic.kind === "event")
    .map(([name, topic]) => [name, topic.messages]);
  assert.deepEqual(sent, events);
});
