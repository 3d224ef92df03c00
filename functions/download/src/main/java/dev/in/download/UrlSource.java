package dev.in.download;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.fetch.FetchFailure;
import dev.in.core.fetch.Fetcher;
import dev.in.core.fetch.HostTime;
import dev.in.core.fetch.Limits;
import dev.in.core.fetch.RetryPolicy;
import dev.in.core.stage.DownloadOutput;
import dev.in.events.ImageInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Images on foreign hosts. A host that stays dead after quick tries is a failure for good. */
@ApplicationScoped
class UrlSource {
  private final Fetcher fetcher;
  private final DownloadConfig config;

  UrlSource(Fetcher fetcher, DownloadConfig config) {
    this.fetcher = requireNonNull(fetcher, "fetcher is null");
    this.config = requireNonNull(config, "config is null");
  }

  /**
   * @throws PermanentFailure if the address may not be fetched, or its host does not deliver
   */
  DownloadOutput open(ImageInput.Url url, Deadline budget, ImageSink sink) throws IOException {
    // A slow host must not use up the whole budget: that would count as a fault of ours.
    Duration share = budget.remaining().multipliedBy(3).dividedBy(4);
    Limits limits = new Limits(config.maxSize().asLongValue(), new HostTime(share));
    AtomicReference<DownloadOutput> output = new AtomicReference<>();
    try {
      RetryPolicy.standard()
          .run(
              limits.time(),
              () ->
                  fetcher.fetch(url.imageUrl(), limits, (_, body) -> output.set(sink.take(body))));
      return output.get();
    } catch (FetchFailure e) {
      throw e.permanent();
    }
  }
}
