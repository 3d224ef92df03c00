import { z } from "@hono/zod-openapi";
import { Problem, type ProblemCode } from "../http/problem.js";
import type { LimitName } from "./owner-limits.js";
import type { SharedLimitName } from "./pools.js";
import type { Admission, Exceeded, Rate } from "./usage.js";

interface Text {
  readonly code: ProblemCode;
  /** Whose limit it is. */
  readonly who?: string;
  /** What is counted. */
  readonly what: string;
  readonly per: string;
}

const EACH_USER = "each user of this channel has";
const ALL_USERS = "all users of this channel together have";

const TEXTS: Readonly<Record<LimitName | SharedLimitName, Text>> = {
  submissionsPerMinute: {
    code: "submissions_per_minute_exceeded",
    what: "submissions",
    per: " a minute",
  },
  submissionsPerDay: { code: "submissions_per_day_exceeded", what: "submissions", per: " a day" },
  unitsPerDay: { code: "units_per_day_exceeded", what: "units of analysis", per: " a day" },
  uploadsPerDay: { code: "uploads_per_day_exceeded", what: "uploads", per: " a day" },
  storedBytes: { code: "stored_bytes_exceeded", what: "bytes of uploads", per: "" },
  channelSubmissionsPerDay: {
    code: "channel_submissions_per_day_exceeded",
    who: ALL_USERS,
    what: "submissions",
    per: " a day",
  },
  channelUnitsPerDay: {
    code: "channel_units_per_day_exceeded",
    who: ALL_USERS,
    what: "units of analysis",
    per: " a day",
  },
};

/** What a route answers besides where it counts these limits. */
export function limitCodes(
  ...names: readonly (LimitName | SharedLimitName)[]
): readonly ProblemCode[] {
  return names.map((name) => TEXTS[name].code);
}

/** What {@link rateLimitHeaders} adds to an answer. */
export const rateLimits = z.object({
  ratelimit: z.string().optional().openapi({
    description: "Where the channel has limits: what is left of each (`r`), and until when (`t`)",
  }),
  "ratelimit-policy": z.string().optional().openapi({
    description: "The limits: so much (`q`) in so many seconds (`w`)",
  }),
});

/**
 * The header fields of draft-ietf-httpapi-ratelimit-headers (10), by which clients can hold back in time:
 * each limit is a policy by its name in the file of channels.
 */
export function rateLimitHeaders(rates: readonly Rate[]): Readonly<Record<string, string>> {
  if (rates.length === 0) {
    return {};
  }
  const policies = rates.map(({ name, limit, windowMs }) => {
    const unit = name === "storedBytes" ? ';qu="content-bytes"' : "";
    return `"${name}";q=${limit}${unit};w=${seconds(windowMs)}`;
  });
  const current = rates.map(
    ({ name, remaining, resetMs }) => `"${name}";r=${remaining};t=${seconds(resetMs)}`,
  );
  return { "ratelimit-policy": policies.join(", "), ratelimit: current.join(", ") };
}

/** Says which limit it is: of several, the one that takes longest. */
export function limitExceeded({ rates, exceeded, isClosed }: Admission, now: number): Problem {
  if (isClosed === true) {
    return accountDeleting();
  }
  const longest = exceeded.reduce((one, other) => (other.resetMs > one.resetMs ? other : one));
  return new Problem(TEXTS[longest.name].code, detailOf(longest, now), {
    ...rateLimitHeaders(rates),
    "retry-after": String(seconds(longest.resetMs)),
  });
}

/** The account takes nothing new until nothing is left of it. */
export function accountDeleting(): Problem {
  return new Problem("account_deleting", "the account is being deleted: nothing new is accepted", {
    "retry-after": "60",
  });
}

function detailOf(exceeded: Exceeded, now: number): string {
  const { name, limit, remaining, demanded, resetMs } = exceeded;
  const { who = EACH_USER, what, per } = TEXTS[name];
  const resetAt = new Date(now + resetMs).toISOString();
  return (
    `${name}: ${who} ${limit} ${what}${per}, of which ${remaining} are left. ` +
    `This asks for ${demanded}; there are more at ${resetAt}`
  );
}

/** At least one: zero would be at once. */
function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
