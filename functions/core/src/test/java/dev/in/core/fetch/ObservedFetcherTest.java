package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each try at a foreign host is counted by how it ended. */
class ObservedFetcherTest {
  private static final Limits LIMITS = new Limits(10, new HostTime(Duration.ofSeconds(5)));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatIsFetchedIsHandedOn() throws Exception {
    FetchedHeader header =
        new FetchedHeader(
            Optional.of("image/png"),
            OptionalLong.empty(),
            UrlParser.parse("https://images.example/a.png"));

    assertThat(fetch((_, _, _) -> header)).isSameAs(header);

    assertThat(count("fetched")).isEqualTo(1);
  }

  @Test
  void aRefusalCountsUnderItsCode() {
    assertThatThrownBy(
            () ->
                fetch(
                    (_, _, _) -> {
                      throw FetchFailure.forbidden("no");
                    }))
        .isInstanceOf(FetchFailure.class);

    assertThat(count("source_forbidden")).isEqualTo(1);
  }

  @Test
  void whatTheSinkDoesNotTakeIsNotTheHostsFault() {
    assertThatThrownBy(
            () ->
                fetch(
                    (_, _, _) -> {
                      throw new IOException("the bucket is full");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(count("rejected")).isEqualTo(1);
  }

  private FetchedHeader fetch(Fetcher fetcher) throws FetchFailure, IOException {
    return new ObservedFetcher(fetcher, new Spans(OpenTelemetry.noop()), new Meters(registry))
        .fetch("https://images.example/a.png", LIMITS, (_, _) -> {});
  }

  private long count(String outcome) {
    return registry.get("in.fetches").tag("outcome", outcome).timer().count();
  }
}
