package dev.in.core.fetch;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** One fetcher for a function. */
@Dependent
public class FetchProducer {
  @Produces
  @Singleton
  GuardedFetcher fetcher(FetchConfig config) {
    return new GuardedFetcher(config.options(), NameResolver.system());
  }

  void stop(@Disposes GuardedFetcher fetcher) {
    fetcher.close();
  }
}
