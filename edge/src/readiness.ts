import { createRoute, z } from "@hono/zod-openapi";
import { configurationProblems, pubSubSettings, storageSettings } from "./config.js";
import { topology } from "./generated/topology.js";
import { publishingRefused, readingRefused } from "./google/permissions.js";
import { newApi } from "./http/api.js";

/** So long an answer of this isolate is repeated: whoever asks often shall not make Google be asked. */
const KEPT_MS = 10_000;

interface Readiness {
  readonly askedAt: number;
  readonly problems: readonly string[];
}

let latest: Readiness | undefined;

const route = createRoute({
  method: "get",
  path: "/readyz",
  tags: ["operations"],
  summary: "Do Pub/Sub and Storage accept the edge's keys? Asked every ten seconds at most",
  responses: {
    200: {
      description: "Yes",
      content: { "application/json": { schema: z.object({ status: z.literal("ready") }) } },
    },
    503: {
      description: "No, and what is wrong",
      content: {
        "application/json": {
          schema: z.object({ status: z.literal("not_ready"), problems: z.array(z.string()) }),
        },
      },
    },
  },
});

export const readiness = newApi().openapi(route, async (c) => {
  const problems = await problemsOf(c.env);
  return problems.length === 0
    ? c.json({ status: "ready" as const }, 200)
    : c.json({ status: "not_ready" as const, problems: [...problems] }, 503);
});

async function problemsOf(env: Env): Promise<readonly string[]> {
  const configuration = configurationProblems(env);
  if (configuration.length > 0) {
    return configuration;
  }
  if (latest === undefined || Date.now() - latest.askedAt >= KEPT_MS) {
    latest = { askedAt: Date.now(), problems: await askedProblems(env) };
  }
  return latest.problems;
}

async function askedProblems(env: Env): Promise<readonly string[]> {
  const pubSub = pubSubSettings(env);
  const answers = await Promise.all([
    ...[topology.firstTopic, topology.commandTopic, topology.accountTopic].map(async (topic) => {
      const problem = await publishingRefused(pubSub, topic);
      return problem && `publishing to ${topic}: ${problem}`;
    }),
    readingRefused(storageSettings(env)).then((problem) => problem && `reading images: ${problem}`),
  ]);
  return answers.filter((problem) => problem !== undefined);
}
