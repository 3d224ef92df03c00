import type { KnownProblemCode } from "./generated/api.js";

/** What to rely on when a request was refused. The set is open: an edge may be newer than this client. */
export type ProblemCode = KnownProblemCode | (string & Record<never, never>);

/** Answers that are not about the request: a later one may succeed. */
const TRANSIENT_STATUSES: readonly number[] = [429, 502, 503, 504];

/** Nobody waits longer than this for a limit to end. */
const MAX_RETRY_AFTER_MS = 60_000;

/** The edge refused a request, or failed with it, and said why (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly code: ProblemCode,
    /** The edge's own text. */
    readonly detail: string,
    /** 0: it was not an answer of the edge. */
    readonly status = 0,
    /** How long the edge wants to be left alone. */
    readonly retryAfterMs?: number,
  ) {
    super(`${code}: ${detail}`);
  }

  /** Whether the same request may succeed soon. */
  get isTransient(): boolean {
    const soon = (this.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
    return (TRANSIENT_STATUSES.includes(this.status) && soon) || this.code === "internal";
  }
}

/** No answer, or half of one. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** Whether the same request may succeed soon. */
export function isTransient(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof ProblemError && error.isTransient);
}

/** Why the response is no success. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  return new ProblemError(
    typeof body.code === "string" ? body.code : `status_${response.status}`,
    typeof body.detail === "string" ? body.detail : `The answer was ${response.status}.`,
    response.status,
    retryAfterOf(response.headers.get("retry-after")),
  );
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterOf(value: string | null): number | undefined {
  if (value === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
