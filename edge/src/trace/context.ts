import { hex } from "../encoding.js";

/** A span that others can continue (W3C Trace Context); both ids in lower-case hex. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
}

/** The header `traceparent`; undefined when it is missing or invalid. */
export function parseTraceparent(headers: Headers): SpanContext | undefined {
  const [, traceId, spanId] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(
      headers.get("traceparent") ?? "",
    ) ?? [];
  return traceId === undefined || spanId === undefined || isZero(traceId) || isZero(spanId)
    ? undefined
    : { traceId, spanId };
}

/** Always sampled: sampling is the collector's decision. */
export function traceparent({ traceId, spanId }: SpanContext): string {
  return `00-${traceId}-${spanId}-01`;
}

export function newTraceId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

export function newSpanId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(8)));
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
