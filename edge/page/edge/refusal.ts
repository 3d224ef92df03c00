/** The edge or the bucket refused a request; the same request would be refused again. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    /** The edge's `code` (src/http/problem.ts), or one of the page's own. */
    readonly code: string,
    /** The edge's own text. */
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** No answer, or a transient one: a later try may succeed. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Transient statuses, which are not about the request. */
const TRANSIENT_STATUSES: readonly number[] = [429, 502, 503, 504];

/** A limit that ends within a minute is waited for like an edge that does not answer. */
const MAX_WAIT_SECONDS = 60;

/** The response if it is a success; throws otherwise. */
export async function accepted(response: Response): Promise<Response> {
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  if (isUsedUp(response)) {
    throw new Refusal(problem.code, problem.detail);
  }
  if (TRANSIENT_STATUSES.includes(response.status) || problem.code === "internal") {
    throw new Unreachable(`${response.status}`);
  }
  throw new Refusal(problem.code, problem.detail);
}

/** A limit of the user's is reached, for longer than anybody waits. */
function isUsedUp({ status, headers }: Response): boolean {
  return status === 429 && Number(headers.get("retry-after") ?? 0) > MAX_WAIT_SECONDS;
}

/** The body as `application/problem+json` (RFC 9457); of anything else only the status. */
async function problemOf(response: Response): Promise<{ code: string; detail: string }> {
  const body = (await response.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  return {
    code: typeof body.code === "string" ? body.code : `status_${response.status}`,
    detail: typeof body.detail === "string" ? body.detail : `The answer was ${response.status}.`,
  };
}
