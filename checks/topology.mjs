// A reader of topology.yaml that has nothing from the others (dev.in.topology, modules/topology), so
// that a comparison says something.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./root.mjs";

const file = join(ROOT, "common-events/src/main/resources/topology.yaml");

/** topology.yaml as it stands. @type {any} */
export const topology = parse(readFileSync(file, "utf8"));

/** The listing that Terraform and the local runner are both held against. */
export const listing = join(ROOT, "common-events/src/test/resources/subscriptions.json");

/**
 * Every subscription as Pub/Sub's REST API takes it, with bare topic names. An empty expirationPolicy
 * means never.
 *
 * @returns {Record<string, Record<string, unknown>>} by name
 */
export function subscriptions() {
  const { clocks, deadLetter, legacyEventTypes } = topology;
  const dead = {
    deadLetterTopic: deadLetter.topic,
    maxDeliveryAttempts: deadLetter.maxDeliveryAttempts,
  };
  /** @type {Record<string, Record<string, unknown>>} */
  const all = {};
  for (const [name, said] of Object.entries(topology.subscriptions)) {
    const backoff = { ...clocks.backoff, ...said.backoff };
    all[name] = {
      topic: said.topic,
      ackDeadlineSeconds: Number.parseInt(said.ackDeadline ?? clocks.ackDeadline),
      messageRetentionDuration: said.retention ?? clocks.retention,
      retryPolicy: { minimumBackoff: backoff.minimum, maximumBackoff: backoff.maximum },
      expirationPolicy: {},
      ...filterOf(said.messages ?? [], legacyEventTypes),
      ...(said.deadLetter === false ? {} : { deadLetterPolicy: dead }),
    };
  }
  return all;
}

/** @param {string[]} messages @param {Record<string, string>} older */
function filterOf(messages, older) {
  if (messages.length === 0) return {};
  const names = messages.flatMap((type) => [
    type,
    ...Object.keys(older).filter((name) => older[name] === type),
  ]);
  return { filter: names.map((name) => `attributes.eventType = "${name}"`).join(" OR ") };
}
