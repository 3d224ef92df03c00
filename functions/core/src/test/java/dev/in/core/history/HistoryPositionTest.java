package dev.in.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryPositionTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final UUID ID = UUID.fromString("6f2b1f0e-3c64-5d0a-9a53-1d0f6c0e9a77");

  @ParameterizedTest
  @CsvSource({
    "2026-11-26T12:00:00Z, 2026-11-26T12:00:00.000Z",
    "2026-11-26T13:00:00+01:00, 2026-11-26T12:00:00.000Z",
    "2026-11-26T12:00:00.1239Z, 2026-11-26T12:00:00.123Z",
    "2026-11-26T12:00:00.5Z/6F2B1F0E-3C64-5D0A-9A53-1D0F6C0E9A77,"
        + "2026-11-26T12:00:00.500Z/6f2b1f0e-3c64-5d0a-9a53-1d0f6c0e9a77"
  })
  void timesAndPlacesBehindAnEventAreReadAndWrittenInOneForm(String text, String written) {
    assertThat(HistoryPosition.parse(text)).contains(new HistoryPosition(written));
    assertThat(HistoryPosition.parse(written)).contains(new HistoryPosition(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "yesterday", "2026-11-26", "2026-11-26T12:00:00Z/", "3/x"})
  void othersAreNone(String text) {
    assertThat(HistoryPosition.parse(text)).isEmpty();
  }

  @Test
  void aTimeComesBeforeAllEventsThatWereRecordedThenAndAfterAllEarlierOnes() {
    assertThat(HistoryPosition.at(NOON))
        .isLessThan(HistoryPosition.of(NOON, ID))
        .isGreaterThan(HistoryPosition.of(NOON.minusMillis(1), ID));
    assertThat(HistoryPosition.at(Instant.EPOCH)).isLessThan(HistoryPosition.at(NOON));
  }
}
