package dev.in.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

  @Test
  void aResultMayHaveSixtyFourKibibytesAndNotAByteMore() {
    int frame = "{\"text\":\"\"}".length();
    String fits = "\u00e9".repeat((64 * 1024 - frame) / 2) + "e"; // two bytes each, and one
    assertThatCode(() -> Updates.completed(result(fits))).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Updates.completed(result(fits + "e")))
        .withMessage("result has 65537 bytes, more than 65536");
  }

  @Test
  void theStatusesAreTheEdgesWords() {
    assertThat(TaskStatus.values())
        .extracting(TaskStatus::wireName)
        .containsExactly("processing_in_gcp", "completed", "failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://edge.example",
        "http://127.0.0.2:80",
        "ftp://127.0.0.1",
        "https://user:secret@edge.example",
        "edge.example",
        "http:edge"
      })
  void aTokenIsNotSentInPlainTextToAnotherMachine(String edge) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client(edge))
        .withMessageStartingWith("edge is not an https URL, nor http on this machine: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://edge.example/?a=b", "https://edge.example/#a"})
  void anEdgeHasNoQueryAndNoFragment(String edge) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client(edge))
        .withMessage("edge has a query or a fragment: " + edge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://edge.example",
        "https://edge.example:8443/base/",
        "http://localhost:8080",
        "http://[::1]:80"
      })
  void theseEdgesAreFine(String edge) {
    assertThatCode(() -> client(edge)).doesNotThrowAnyException();
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientSettings(Duration.ZERO, second, 1, second, second))
        .withMessage("connectTimeout is not positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientSettings(second, second.negated(), 1, second, second))
        .withMessage("requestTimeout is not positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientSettings(second, second, 0, second, second))
        .withMessage("attempts must be 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientSettings(second, second, 1, second, Duration.ofMillis(1)))
        .withMessage("maxBackoff is shorter than minBackoff");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallContext(Duration.ZERO, Optional.empty()))
        .withMessage("timeLimit is not positive");
  }

  @Test
  void theDefaultsAreTheseAndEndWithinHalfAMinute() {
    ClientSettings defaults = ClientSettings.DEFAULT;
    assertThat(defaults)
        .isEqualTo(
            new ClientSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                3,
                Duration.ofMillis(200),
                Duration.ofSeconds(2)));
    Duration longest =
        defaults
            .requestTimeout()
            .multipliedBy(defaults.attempts())
            .plus(defaults.maxBackoff().multipliedBy(defaults.attempts() - 1));
    assertThat(longest).isLessThan(Duration.ofSeconds(30));
  }

  private static void client(String edge) {
    new EdgeConnection(URI.create(edge), "aud", new TestingIdentityTokens(), ClientSettings.DEFAULT)
        .close();
  }

  private static ObjectNode result(String text) {
    return JsonNodeFactory.instance.objectNode().put("text", text);
  }
}
