package dev.in.core.fetch;

import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/** One fetcher for a function. */
@Dependent
public class FetcherProducer {
  @Produces
  @Singleton
  DnsResolver resolver() {
    return new DnsResolver();
  }

  void stop(@Disposes DnsResolver resolver) {
    resolver.close();
  }

  @Produces
  @Singleton
  @Typed(GuardedFetcher.class)
  GuardedFetcher fetcher(FetchConfig config, DnsResolver resolver) {
    return new GuardedFetcher(config.options(), resolver);
  }

  @Produces
  @Singleton
  Fetcher observed(GuardedFetcher fetcher, Spans spans, Meters meters) {
    return new ObservedFetcher(fetcher, spans, meters);
  }

  void stop(@Disposes GuardedFetcher fetcher) {
    fetcher.close();
  }
}
