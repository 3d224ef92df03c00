package dev.in.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static final Duration MONTH = Duration.ofSeconds(365 * 86_400 / 12);

  /** As docs/operations/costs.md has them: two units of Vision each, and an image of 3 MB. */
  @Test
  void aThousandImagesCostWhatThePriceListSays() {
    TreeMap<String, Long> billable = new TreeMap<>();
    billable.put("visionUnits", 2_000L);
    billable.put("storedObjects", 1_000L);
    billable.put("storedBytes", 3_000_000_000L);
    TreeMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    counts.put("billable", billable);

    var dollars = Prices.load(MONTH).dollars(new Statistics(counts, new TreeMap<>()));

    assertThat(dollars.keySet()).isEqualTo(billable.keySet());
    assertThat(dollars.get("visionUnits")).isEqualByComparingTo("3");
    assertThat(dollars.get("storedObjects")).isEqualByComparingTo("0.005");
    assertThat(dollars.get("storedBytes")).isEqualByComparingTo(new BigDecimal("0.06"));
  }

  @Test
  void whatIsNotBilledCostsNothing() {
    assertThat(Prices.load(MONTH).dollars(Statistics.NONE)).isEmpty();
  }
}
