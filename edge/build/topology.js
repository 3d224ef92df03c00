import { parse } from "yaml";

/**
 * @typedef {object} TopologyFile what the edge reads from topology.yaml
 * @property {{ backoff: { minimum: string, maximum: string }, overdueAfter: string, documentTtl: string }} clocks
 * @property {string[]} chain
 * @property {Record<string, { kind: string, messages: string[] }>} topics
 */

/**
 * @param {string} yaml the text of topology.yaml
 * @returns {string} the text of src/generated/topology.ts
 */
export function topologySource(yaml) {
  const file = /** @type {TopologyFile} */ (parse(yaml));
  const topology = {
    chain: file.chain,
    firstTopic: topicOf(file, "download.requested"),
    commandTopic: topicOf(file, "task.redrive"),
    accountTopic: topicOf(file, "webhook.disabled"),
    overdueAfterMs: milliseconds(file.clocks.overdueAfter),
    documentTtlMs: milliseconds(file.clocks.documentTtl),
    backoffMinimumMs: milliseconds(file.clocks.backoff.minimum),
    backoffMaximumMs: milliseconds(file.clocks.backoff.maximum),
  };
  return `// Generated from common-events' topology.yaml by \`npm run generate\`. Do not edit.

export const topology = ${JSON.stringify(topology, null, 2)} as const;
`;
}

/**
 * @param {TopologyFile} file
 * @param {string} message
 */
function topicOf(file, message) {
  const topics = Object.entries(file.topics).filter(([, topic]) =>
    topic.messages.includes(message),
  );
  const [only, another] = topics;
  if (only === undefined || another !== undefined) {
    throw new Error(`topology.yaml: ${topics.length} topics carry ${message}, not one`);
  }
  return only[0];
}

/** @param {string} duration whole seconds with an `s` */
function milliseconds(duration) {
  const match = /^(\d+)s$/.exec(duration);
  if (match === null) {
    throw new Error(`topology.yaml: "${duration}" is not a duration in whole seconds`);
  }
  return Number(match[1]) * 1000;
}
