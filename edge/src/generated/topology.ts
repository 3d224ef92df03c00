// Generated from common-events' topology.yaml by `npm run generate`. Do not edit.

export const topology = {
  chain: ["download", "metadata", "ai"],
  firstTopic: "download-topic",
  commandTopic: "task-commands",
  accountTopic: "account-events",
  overdueAfterMs: 25200000,
  documentTtlMs: 3456000000,
  backoffMinimumMs: 1000,
  backoffMaximumMs: 300000,
} as const;
