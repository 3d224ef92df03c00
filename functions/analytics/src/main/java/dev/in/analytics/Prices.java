package dev.in.analytics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What billable operations cost: list prices of {@code prices.yaml}. Costs are computed when they
 * are asked for, so that a price that is put right is right for every hour.
 *
 * @param each of one operation, in dollars, by its name
 */
record Prices(Map<String, BigDecimal> each) {
  private static final BigDecimal BYTES_A_GB = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal SECONDS_A_MONTH = BigDecimal.valueOf(365 * 86_400 / 12);

  Prices {
    each = Map.copyOf(each);
  }

  /**
   * @param kept how long an object is stored
   */
  static Prices load(Duration kept) {
    JsonNode list = read();
    BigDecimal byteStored =
        price(list, "storageGbMonth")
            .multiply(BigDecimal.valueOf(kept.toSeconds()))
            .divide(SECONDS_A_MONTH.multiply(BYTES_A_GB), MathContext.DECIMAL64);
    return new Prices(
        Map.of(
            EventCounter.VISION_UNITS,
            price(list, "visionUnit"),
            EventCounter.STORED_OBJECTS,
            price(list, "storageClassA"),
            EventCounter.STORED_BYTES,
            byteStored));
  }

  /** Dollars by operation. */
  SortedMap<String, BigDecimal> dollars(Statistics statistics) {
    SortedMap<String, BigDecimal> dollars = new TreeMap<>();
    statistics
        .by(EventCounter.BILLABLE)
        .forEach(
            (operation, count) ->
                dollars.put(operation, each.get(operation).multiply(BigDecimal.valueOf(count))));
    return dollars;
  }

  private static BigDecimal price(JsonNode list, String name) {
    return list.required(name).required("price").decimalValue();
  }

  private static JsonNode read() {
    try (InputStream prices = Prices.class.getResourceAsStream("/prices.yaml")) {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readTree(prices);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
