import type { Credentials } from "./credentials.js";
import type { Operations } from "./generated/api.js";
import { ProblemError, problemOf, UnreachableError } from "./problem-error.js";
import { operationRequest, type RequestInput, urlOf } from "./request.js";
import type { Retry } from "./retry.js";

/** What can be asked for, such as `GET /v1/tasks`. */
export type OperationName = keyof Operations;

export interface CallOptions {
  /** Ends the call, whatever it waits for. */
  readonly signal?: AbortSignal | undefined;
}

/** What a transport is made of; see `ClientOptions`. */
export interface TransportParts {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly fetch: typeof fetch;
  readonly retry: Retry;
  readonly timeoutMs: number;
}

/** How one call differs from others. */
interface Conditions extends CallOptions {
  readonly retry?: Retry;
  /** Of one try, until it has been read. */
  readonly timeoutMs?: number;
}

/** The end of one try. */
type Answer<T> = { readonly read: T } | { readonly failed: Error; readonly rejected?: true };

/** Without an Idempotency-Key these may be carried out twice without anybody noticing. */
const REPEATABLE_POSTS: readonly OperationName[] = [
  "POST /v1/uploads",
  "POST /v1/uploads/{uploadId}/complete",
];

/** Requests to the edge, each repeated until it is answered for good. */
export class Transport {
  constructor(private readonly parts: TransportParts) {}

  url(name: OperationName, input: RequestInput): string {
    return this.parts.baseUrl + urlOf(name, input);
  }

  /** Answers as `InClient.call` does. */
  call<K extends OperationName>(
    name: K,
    input: NonNullable<Operations[K]["input"]>,
    options: CallOptions = {},
  ): Promise<Operations[K]["output"]> {
    return this.send(name, input, answerOf, { signal: options.signal });
  }

  /** A request to somewhere else than the edge, once; answers its status. */
  async putElsewhere(url: string, init: RequestInit): Promise<number> {
    try {
      const response = await this.parts.fetch(url, init);
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new UnreachableError(messageOf(error), { cause: error });
    }
  }

  /** @param read an answer that is a success; while it reads, the call can still fail and be repeated */
  async send<T>(
    name: OperationName,
    input: RequestInput,
    read: (answer: Response) => T | Promise<T>,
    conditions: Conditions = {},
  ): Promise<T> {
    const { signal = new AbortController().signal, retry = this.parts.retry } = conditions;
    const timeoutMs = conditions.timeoutMs ?? this.parts.timeoutMs;
    const request = operationRequest(name, input);
    const repeatable = isRepeatable(name, request);
    const url = this.url(name, input);
    for (;;) {
      const credentials = await this.parts.credentials.headers(signal);
      const init = { ...request, headers: { ...request.headers, ...credentials } };
      const once = (): Promise<Answer<T>> =>
        withTimeout(
          (ending) => this.#once(url, { ...init, signal: ending }, read),
          timeoutMs,
          signal,
        );
      const answer = await retry.retry(
        () => (repeatable ? once() : unlessRefused(once, signal)),
        signal,
      );
      if ("read" in answer) {
        return answer.read;
      }
      if (answer.rejected !== true || !this.parts.credentials.refused(credentials)) {
        throw answer.failed;
      }
    }
  }

  async #once<T>(
    url: string,
    init: RequestInit & { readonly signal: AbortSignal },
    read: (answer: Response) => T | Promise<T>,
  ): Promise<Answer<T>> {
    try {
      const response = await this.parts.fetch(url, init);
      if (response.ok || (response.status >= 300 && response.status < 400)) {
        return { read: await read(response) };
      }
      const problem = await problemOf(response);
      if (response.status === 401) {
        return { failed: problem, rejected: true };
      }
      throw problem;
    } catch (error) {
      init.signal.throwIfAborted();
      if (error instanceof ProblemError) {
        throw error;
      }
      // fetch, and reading a body, throw whatever their platform likes.
      throw new UnreachableError(messageOf(error), { cause: error });
    }
  }
}

/** Its JSON; undefined where there is none; or itself. */
async function answerOf(response: Response): Promise<Operations[OperationName]["output"]> {
  if (response.status === 204) {
    return undefined;
  }
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return isJson && !response.redirected
    ? ((await response.json()) as Operations[OperationName]["output"])
    : response;
}

/** A request that may have been carried out is not repeated; one over a limit was not. */
async function unlessRefused<T>(
  once: () => Promise<Answer<T>>,
  signal: AbortSignal,
): Promise<Answer<T>> {
  try {
    return await once();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProblemError && error.status === 429) {
      throw error;
    }
    return { failed: error as Error };
  }
}

function isRepeatable(
  name: OperationName,
  { method, headers }: ReturnType<typeof operationRequest>,
): boolean {
  return method !== "POST" || "idempotency-key" in headers || REPEATABLE_POSTS.includes(name);
}

/** A connection may be dead without a sign of it: then no answer ever comes. */
async function withTimeout<T>(
  call: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T> {
  const timeout = new AbortController();
  const end = (): void => timeout.abort(new UnreachableError("no answer in time"));
  const timer = timeoutMs === Infinity ? undefined : setTimeout(end, timeoutMs);
  try {
    return await call(AbortSignal.any([signal, timeout.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
