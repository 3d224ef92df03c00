import { tracesEndpoint } from "../config.js";
import { log, messageOf } from "../log.js";
import { newSpanId, type SpanContext } from "./context.js";

/** A span that has ended. Times are milliseconds since 1970; a Worker's clock advances only at I/O. */
export interface Span extends SpanContext {
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  /** Left out: the trace starts here. */
  readonly parentSpanId?: string | undefined;
  readonly startedAt: number;
  readonly failed?: boolean;
  /** Never URLs or a user's text. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** OTLP's numbers (opentelemetry/proto/trace/v1/trace.proto). */
const KINDS = { server: 2, producer: 4 } as const;
const STATUS_ERROR = 2;

const TIMEOUT_MS = 5_000;

/**
 * Sends a span to the collector, as OTLP in JSON; does nothing when none is configured. Never throws: an
 * unreachable collector must not affect requests.
 */
export async function exportSpan(env: Env, span: Span): Promise<void> {
  try {
    const endpoint = tracesEndpoint(env);
    if (endpoint === undefined) {
      return;
    }
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(otlp(span, Date.now())),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    if (!response.ok) {
      throw new Error(`the collector answered ${response.status}`);
    }
  } catch (error) {
    log("WARNING", "a span was not exported", { reason: messageOf(error) });
  }
}

/** Does the work as a span of its own, which is exported whatever becomes of the work. */
export async function exportingSpan(
  env: Env,
  waitUntil: (work: Promise<void>) => void,
  span: Omit<Span, "spanId" | "startedAt" | "failed">,
  work: () => Promise<void>,
): Promise<void> {
  const startedAt = Date.now();
  let failed = true;
  try {
    await work();
    failed = false;
  } finally {
    waitUntil(exportSpan(env, { ...span, spanId: newSpanId(), startedAt, failed }));
  }
}

/** OTLP's JSON: ids in hex, 64-bit numbers as text. */
function otlp(span: Span, endedAt: number): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ "service.name": "edge" }) },
        scopeSpans: [
          {
            scope: { name: "dev.in" },
            spans: [
              {
                traceId: span.traceId,
                spanId: span.spanId,
                ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
                name: span.name,
                kind: KINDS[span.kind],
                startTimeUnixNano: nanoseconds(span.startedAt),
                endTimeUnixNano: nanoseconds(endedAt),
                attributes: attributes(span.attributes),
                status: span.failed === true ? { code: STATUS_ERROR } : {},
              },
            ],
          },
        ],
      },
    ],
  };
}

function attributes(values: Readonly<Record<string, string>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }));
}

function nanoseconds(milliseconds: number): string {
  return `${milliseconds}000000`;
}
