package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.time.Duration;

/** Times another fetcher's tries, each by how it ended. Neither URL nor host is recorded. */
public final class ObservedFetcher implements Fetcher {
  private final Fetcher fetcher;
  private final Spans spans;
  private final Meters meters;

  public ObservedFetcher(Fetcher fetcher, Spans spans, Meters meters) {
    this.fetcher = requireNonNull(fetcher, "fetcher is null");
    this.spans = requireNonNull(spans, "spans is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public FetchedHeader fetch(String url, Limits limits, BodySink sink)
      throws FetchFailure, IOException {
    long start = System.nanoTime();
    String outcome = "rejected";
    try {
      FetchedHeader header = observed(url, limits, sink);
      outcome = "fetched";
      return header;
    } catch (FetchFailure e) {
      outcome = e.code().value();
      throw e;
    } finally {
      meters.fetch(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private FetchedHeader observed(String url, Limits limits, BodySink sink)
      throws FetchFailure, IOException {
    try {
      return spans.<FetchedHeader, Exception>inside(
          "fetch", SpanKind.CLIENT, () -> fetcher.fetch(url, limits, sink));
    } catch (FetchFailure | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other exception is declared", e);
    }
  }
}
