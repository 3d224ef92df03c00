import type { WebhookClocks } from "../clocks.js";
import { type Attempt, type Delivery, TEST_TYPE } from "./delivery.js";
import { type Disabled, type EndpointState, isOfTask, isOpen } from "./endpoint.js";
import type { Outcome } from "./sender.js";

// What an attempt changes, as pure functions: endpoint and delivery before ▸ after.

const GONE = 410;
/** Answers that ask for less: the endpoint is left alone for a while even without a Retry-After. */
const THROTTLING = new Set([429, 502, 503, 504]);
const MAX_ATTEMPTS_LOGGED = 16;

export interface Attempted {
  readonly state: EndpointState;
  readonly delivery: Delivery;
}

/** @param now when the answer came, or its time was up */
export function attempted(
  state: EndpointState,
  delivery: Delivery,
  outcome: Outcome,
  startedAt: number,
  now: number,
  clocks: WebhookClocks,
): Attempted {
  const attempt: Attempt = { at: startedAt, durationMs: now - startedAt, ...reported(outcome) };
  const attempts = [...delivery.attempts, attempt].slice(-MAX_ATTEMPTS_LOGGED);
  const tried = { ...delivery, attempts, used: delivery.used + 1 };
  if (isSuccess(outcome)) {
    const { failing: _failing, pausedUntil: _paused, ...healthy } = state;
    return { state: healthy, delivery: ended(tried, "delivered", now) };
  }
  if (delivery.type === TEST_TYPE) {
    return { state, delivery: ended(tried, "failed", now) };
  }
  const after = failed(state, outcome, now, clocks);
  const delay = clocks.retryDelaysMs[tried.used - 1];
  const next =
    delay === undefined || !isOpen(after)
      ? ended(tried, "failed", now)
      : { ...tried, dueAt: now + Math.max(delay, pauseMs(outcome, clocks)) };
  return { state: after, delivery: next };
}

/** It could not be attempted, for a reason of our own: it comes again soon, and nothing is used up. */
export function postponed(delivery: Delivery, now: number, clocks: WebhookClocks): Delivery {
  return delivery.status === "pending" ? { ...delivery, dueAt: now + clocks.throttleMs } : delivery;
}

/** Due at once, with the whole schedule before it. */
export function restarted(delivery: Delivery, now: number): Delivery {
  const { endedAt: _ended, ...kept } = delivery;
  return { ...kept, status: "pending", dueAt: now, used: 0 };
}

function failed(
  state: EndpointState,
  outcome: Outcome,
  now: number,
  clocks: WebhookClocks,
): EndpointState {
  // After a day without an attempt nothing says that it was failing all the time.
  const goesOn =
    state.failing !== undefined && now - state.failing.last <= clocks.failingForgottenAfterMs;
  const since = goesOn ? state.failing.since : now;
  const pause = pauseMs(outcome, clocks);
  const after: EndpointState = {
    ...state,
    failing: { since, last: now },
    ...(pause === 0 ? {} : { pausedUntil: Math.max(state.pausedUntil ?? 0, now + pause) }),
  };
  const reason =
    outcome.status === GONE
      ? "gone"
      : now - since >= clocks.disabledAfterMs
        ? "failing"
        : undefined;
  return reason === undefined || !isOpen(state)
    ? after
    : disabled(after, {
        reason,
        at: now,
        failingSince: since,
        ...(outcome.status === undefined ? {} : { lastStatus: outcome.status }),
      });
}

function disabled(state: EndpointState, what: Disabled): EndpointState {
  return {
    ...state,
    disabled: what,
    ...(isOfTask(state.endpoint) ? {} : { report: { dueAt: what.at, failures: 0 } }),
  };
}

function ended(delivery: Delivery, status: "delivered" | "failed", now: number): Delivery {
  const { dueAt: _due, ...kept } = delivery;
  return { ...kept, status, endedAt: now };
}

/** How long the endpoint asked to be left alone; not longer than the schedule's longest delay. */
function pauseMs({ status, retryAfterMs }: Outcome, clocks: WebhookClocks): number {
  const longest = Math.max(...clocks.retryDelaysMs);
  const asked = retryAfterMs ?? (THROTTLING.has(status ?? 0) ? clocks.throttleMs : 0);
  return Math.min(asked, longest);
}

export function isSuccess({ status }: Outcome): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function reported({ status, error }: Outcome): Pick<Attempt, "status" | "error"> {
  return { ...(status === undefined ? {} : { status }), ...(error === undefined ? {} : { error }) };
}
