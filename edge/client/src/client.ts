import { Account } from "./account.js";
import { Batches } from "./batches.js";
import { bearer, type Credentials } from "./credentials.js";
import { REOPEN_DELAY_MS, SILENCE_TIMEOUT_MS } from "./event-stream.js";
import { Feed, type FeedOptions } from "./feed.js";
import type { AcceptedTask, FeedEntry, Operations } from "./generated/api.js";
import { Keys } from "./keys.js";
import { Backoff, type Retry } from "./retry.js";
import { Session } from "./session.js";
import { type ImageSource, type SubmitOptions, submit } from "./submit.js";
import { Tasks } from "./tasks.js";
import { type CallOptions, type OperationName, Transport } from "./transport.js";
import { Uploads } from "./uploads.js";
import { Webhooks } from "./webhooks.js";

/** Of one try of a call, until its answer was read. */
const TIMEOUT_MS = 20_000;

export interface ClientOptions {
  /** The edge, such as `https://in.example`; left out, in browsers, where the page comes from. */
  readonly baseUrl?: string | undefined;
  /** An API key, or an ID token. */
  readonly token?: string | undefined;
  /** In place of `token`: credentials that change. */
  readonly credentials?: Credentials | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** When calls are tried again. */
  readonly retry?: Retry | undefined;
  /** When streams are opened again; left out: for as long as they are read. */
  readonly streamRetry?: Retry | undefined;
  readonly timeoutMs?: number | undefined;
  /** How long a stream may be silent; the edge sends a comment every 15 s. */
  readonly silenceTimeoutMs?: number | undefined;
  /** Before a stream is opened again that ended without an event. */
  readonly reopenDelayMs?: number | undefined;
}

/** The input of an operation, which may be left out where nothing is required. */
type InputOf<K extends OperationName> = undefined extends Operations[K]["input"]
  ? [input?: Operations[K]["input"], options?: CallOptions]
  : [input: Operations[K]["input"], options?: CallOptions];

/** The edge's interface. Calls are repeated after transient failures and reject with a `ProblemError` otherwise. */
export class InClient {
  readonly tasks: Tasks;
  readonly batches: Batches;
  readonly uploads: Uploads;
  readonly webhooks: Webhooks;
  readonly keys: Keys;
  readonly account: Account;
  readonly session: Session;
  readonly #transport: Transport;
  readonly #feed: Feed;

  constructor(options: ClientOptions = {}) {
    const { fetch: given, retry = new Backoff() } = options;
    const transport = new Transport({
      baseUrl: (options.baseUrl ?? "").replace(/\/$/, ""),
      credentials: options.credentials ?? bearer(options.token),
      // Called as a function: browsers and Workers refuse it as a method of anything else.
      fetch: given ?? ((input, init) => fetch(input, init)),
      retry,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    });
    const streams = {
      retry: options.streamRetry ?? new Backoff({ attempts: Infinity }),
      silenceTimeoutMs: options.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS,
      reopenDelayMs: options.reopenDelayMs ?? REOPEN_DELAY_MS,
    };
    this.#transport = transport;
    this.#feed = new Feed(transport, streams);
    this.tasks = new Tasks(transport, streams);
    this.batches = new Batches(transport);
    this.uploads = new Uploads(transport, retry);
    this.webhooks = new Webhooks(transport);
    this.keys = new Keys(transport);
    this.account = new Account(transport);
    this.session = new Session(transport);
  }

  /** Submits an image by its URL, or uploads it first. */
  submit(source: ImageSource, options: SubmitOptions = {}): Promise<AcceptedTask> {
    return submit(this.tasks, this.uploads, source, options);
  }

  /**
   * Everything that happens to the owner's tasks, each entry once, for as long as it is read. Rejects
   * with `cursor_expired` where the history does not reach back to the cursor.
   */
  feed(options: FeedOptions = {}): AsyncGenerator<FeedEntry, void, undefined> {
    return this.#feed.follow(options);
  }

  /** Any operation: its JSON answer, undefined where there is none (204), or the response as it is. */
  async call<K extends OperationName>(
    name: K,
    ...[input = {}, options = {}]: InputOf<K>
  ): Promise<Operations[K]["output"]> {
    return await this.#transport.call(name, input, options);
  }

  /**
   * Where an operation is, for what calls it without headers: a link, or a `WebSocket`, which the
   * browser's cookie authenticates.
   */
  url<K extends OperationName>(name: K, ...[input = {}]: InputOf<K>): string {
    return this.#transport.url(name, input);
  }
}
