/** The edge (or the bucket) says no, and asking again would not help. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    /** The edge's `code` (src/http/problem.ts), or one of the page's own. */
    readonly code: string,
    /** In words, as the edge said it. */
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** Nobody answered, or someone on the way did for them: it may pass. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Statuses that pass, and are not about the request. */
const PASSING: readonly number[] = [429, 502, 503, 504];

/** The answer if it is a good one. */
export async function accepted(response: Response): Promise<Response> {
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  if (PASSING.includes(response.status) || problem.code === "internal") {
    throw new Unreachable(`${response.status}`);
  }
  throw new Refusal(problem.code, problem.detail);
}

/** The body as `application/problem+json` (RFC 9457); of anything else the status alone. */
async function problemOf(response: Response): Promise<{ code: string; detail: string }> {
  const body = (await response.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  return {
    code: typeof body.code === "string" ? body.code : `status_${response.status}`,
    detail: typeof body.detail === "string" ? body.detail : `The answer was ${response.status}.`,
  };
}
