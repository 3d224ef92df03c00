package dev.in.emulator.pubsub.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Map<String, String> MESSAGE =
      Map.of("eventType", "task.completed", "priority", "high", "iana.org/language_tag", "en");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "attributes.eventType = \"task.completed\"                                        | true",
        "attributes.eventType=\"task.failed\"                                             | false",
        "attributes.absent = \"\"                                                         | false",
        "attributes.eventType != \"task.failed\"                                          | true",
        "attributes.eventType != \"task.completed\"                                       | false",
        "attributes.absent != \"x\"                                                       | true",
        "attributes:priority                                                              | true",
        "attributes:absent                                                                | false",
        "attributes:\"iana.org/language_tag\"                                             | true",
        "attributes.\"iana.org/language_tag\" = \"en\"                                    | true",
        "hasPrefix(attributes.eventType, \"task.\")                                       | true",
        "hasPrefix(attributes.eventType, \"image.\")                                      | false",
        "hasPrefix(attributes.absent, \"\")                                               | false",
        "NOT attributes:priority                                                          | false",
        "NOT NOT attributes:priority                                                      | true",
        "-attributes:absent                                                               | true",
        "attributes:priority AND attributes:eventType                                     | true",
        "attributes:priority AND attributes:absent                                        | false",
        "attributes:absent OR attributes:eventType                                        | true",
        "attributes:absent OR attributes:gone                                             | false",
        "NOT attributes:absent AND attributes:priority                                    | true",
        "attributes:absent AND (attributes:gone OR attributes:priority)                   | false",
        "(attributes:absent AND attributes:gone) OR attributes:priority                   | true",
        "NOT (attributes:absent OR attributes:priority)                                   | false",
        "((attributes:priority))                                                          | true",
      })
  void judgesAMessageByItsAttributes(String filter, boolean passes) {
    assertThat(Filter.parse(filter).matches(MESSAGE)).isEqualTo(passes);
  }

  @Test
  void anEmptyFilterLetsEverythingPass() {
    assertThat(Filter.parse("").matches(Map.of())).isTrue();
    assertThat(Filter.parse("  ").matches(MESSAGE)).isTrue();
  }

  @Test
  void aValueMayHoldEscapes() {
    Filter filter = Filter.parse("attributes.a = \"say \\\"h\\u00e9\\\" \\\\ \\101\\x42\"");
    assertThat(filter).isEqualTo(new Filter.Equal("a", "say \"hé\" \\ AB"));
  }

  @Test
  void comparesWithRegardToCase() {
    assertThat(Filter.parse("attributes.priority = \"HIGH\"").matches(MESSAGE)).isFalse();
    assertThat(Filter.parse("attributes:Priority").matches(MESSAGE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes:a AND attributes:b OR attributes:c",
        "attributes:a OR attributes:b AND attributes:c",
        "attributes.a = b",
        "attributes.a = 'b'",
        "attributes.a > \"b\"",
        "attributes.a =",
        "attributes.",
        "attributes:",
        "data = \"x\"",
        "attributes:a and attributes:b",
        "hasPrefix(attributes:a, \"b\")",
        "hasPrefix(attributes.a)",
        "(attributes:a",
        "attributes:a)",
        "attributes:a attributes:b",
        "attributes.a = \"b",
        "attributes.a = \"\\q\"",
        "NOT",
      })
  void refusesWhatIsNoFilter(String filter) {
    assertThatThrownBy(() -> Filter.parse(filter)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takes256BytesAndNoMore() {
    String longest = "attributes:" + "k".repeat(245);
    assertThat(Filter.parse(longest)).isEqualTo(new Filter.Has("k".repeat(245)));
    assertThatThrownBy(() -> Filter.parse(longest + "k"))
        .hasMessage("the filter has 257 bytes; the most is 256");
    assertThatThrownBy(() -> Filter.parse("attributes:" + "é".repeat(123)))
        .hasMessageContaining("257 bytes");
  }
}
