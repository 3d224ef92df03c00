import type { LogFields } from "../log.js";
import { newSpanId, newTraceId, type SpanContext } from "./context.js";

/** What a handler reports about its request once it is done. */
export interface Report {
  readonly message: string;
  /** Of the log line. */
  readonly fields: LogFields;
  /** Of the span; never URLs or a user's text. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A request that becomes a span and a log line. */
export class Observation implements SpanContext {
  readonly spanId = newSpanId();
  readonly startedAt = Date.now();
  readonly parentSpanId: string | undefined;
  #traceId: string;
  #report: Report | undefined;

  /** @param caller the span that the request continues */
  constructor(caller: SpanContext | undefined) {
    this.parentSpanId = caller?.spanId;
    this.#traceId = caller?.traceId ?? newTraceId();
  }

  get traceId(): string {
    return this.#traceId;
  }

  /** Undefined: the request was refused before anything happened. */
  get reported(): Report | undefined {
    return this.#report;
  }

  /** Joins the trace of a task, unless the caller continues one. */
  joinTrace(traceId: string): void {
    if (this.parentSpanId === undefined) {
      this.#traceId = traceId;
    }
  }

  report(report: Report): void {
    this.#report = report;
  }
}
