package dev.in.core.telemetry;

import java.util.Optional;

/** The trace that the current work belongs to. */
public interface Tracing {

  /** The current span as W3C {@code traceparent}; empty outside of any. */
  Optional<String> currentTraceparent();
}
