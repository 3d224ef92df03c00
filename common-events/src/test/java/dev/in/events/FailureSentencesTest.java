package dev.in.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** failure-sentences.json: what page and report show for each failure code. */
class FailureSentencesTest {
  private static final List<String> OF_THE_COMMAND_LINE =
      List.of("input_missing", "input_empty", "wait_timeout");

  private final JsonNode file = read();

  @Test
  void everyFailureCodeHasItsSentenceAndNoOtherHas() {
    List<String> codes = new ArrayList<>();
    file.path("codes").fieldNames().forEachRemaining(codes::add);

    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(failureCodes(), OF_THE_COMMAND_LINE.stream()).toList());
  }

  @Test
  void eachSaysWhatHappenedWhatToDoAndWhetherTryingAgainMayHelp() {
    assertThat(file.path("codes")).allSatisfy(FailureSentencesTest::isWhole);
  }

  @Test
  void anUnknownCodeHasSentencesToo() {
    isWhole(file.path("otherwise"));
  }

  private static void isWhole(JsonNode entry) {
    assertThat(entry.path("happened").asText()).matches("[A-Zi].{10,}\\.");
    assertThat(entry.path("advice").asText()).matches("[A-Z].{10,}\\.");
    assertThat(entry.path("tryAgain").isBoolean()).isTrue();
    assertThat(entry).hasSize(3);
  }

  private static Stream<String> failureCodes() {
    return Arrays.stream(FailureCode.class.getFields())
        .filter(field -> field.getType() == FailureCode.class)
        .map(FailureSentencesTest::codeOf);
  }

  private static String codeOf(Field field) {
    try {
      return ((FailureCode) field.get(null)).value();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode read() {
    try (InputStream in =
        FailureSentencesTest.class.getResourceAsStream("/failure-sentences.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
