package dev.in.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.StrictJson;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and the message, which is the reason that goes to the dead-letter topic. */
class MalformedEventTest {
  private static final String GOOD = Examples.of(EventType.TASK_FAILED).json();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "secret | not JSON (line 1, column 1)",
        "{\"a\":01} | not JSON (line 1, column 7)",
        "{\"eventId\":\"9429cd77 | not JSON (line 1, column 21)",
        "{'a':1} | not JSON (line 1, column 2)",
        "{\"a\":NaN} | not JSON (line 1, column 9)",
        "`` | not a JSON object",
        "null | not a JSON object",
        "[] | not a JSON object",
        "[{}] | not a JSON object",
        "\"text\" | not a JSON object",
        "17 | not a JSON object",
        "{} | eventId is missing",
      })
  void whatIsNoJsonObjectIsRefused(String text, String reason) {
    assertRefused(text, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "\"secret\"", "]"})
  void nothingMayFollowTheObject(String more) {
    assertThat(reasonOf(GOOD + " " + more))
        .isIn("something follows the JSON object", "not JSON (line 1, column 320)");
  }

  @Test
  void whitespaceMayFollowTheObject() throws Exception {
    assertThat(EventCodec.read((GOOD + "\r\n\t ").getBytes(UTF_8)).run()).isEqualTo(1);
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    assertThat(reasonOf("{\"a\":\"\u00e9\"}", ISO_8859_1)).isEqualTo("not UTF-8");
    assertThat(reasonOf(GOOD, UTF_16)).isEqualTo("not UTF-8");
    assertThat(reasonOf(GOOD, UTF_16BE)).isEqualTo("not JSON (line 1, column 2)");
    assertThat(reasonOf("\ufeff" + GOOD)).isEqualTo("not JSON (line 1, column 1)");
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    // Two readers could each believe another of them.
    assertRefused(
        GOOD.replace("\"run\":1", "\"payload\":{}"),
        "a name twice in one object (line 1, column 303)");
    assertRefused(
        GOOD.replace("\"stage\":\"metadata\"", "\"stage\":\"metadata\",\"stage\":\"ai\""),
        "a name twice in one object (line 1, column 240)");
  }

  @Test
  void whatIsTooDeepOrTooLongIsRefused() {
    String reason = "JSON nested too deep, or a name or value too long";
    assertRefused("{\"a\":" + "[".repeat(1001), reason);
    assertRefused(GOOD.replace("1760000000123", "9".repeat(1001)), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "eventId, eventId is missing",
    "eventType, eventType is missing",
    "taskId, taskId is missing",
    "traceId, traceId is missing",
    "timestamp, timestamp is not a whole number of milliseconds",
    "source, source is missing",
    "payload, payload is not an object",
  })
  void everyFieldOfTheEnvelopeIsNeeded(String field, String reason) throws Exception {
    ObjectNode json = StrictJson.object(GOOD.getBytes(UTF_8));
    json.remove(field);
    assertRefused(json.toString(), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "eventId | 5 | eventId is not a string",
        "eventId | null | eventId is not a string",
        "eventId | \"\" | eventId is not a UUID",
        "eventId | \"1-1-1-1-1\" | eventId is not a UUID",
        "eventId | \"9429cd77c92c51e9ba305387bb06e987\" | eventId is not a UUID",
        "eventId | \"9429cd77-c92c-51e9-ba30-5387bb06e987 \" | eventId is not a UUID",
        "eventType | 5 | eventType is not a string",
        "eventType | [\"task.failed\"] | eventType is not a string",
        "taskId | 5 | taskId is not a string",
        "taskId | \"short\" | taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}",
        "taskId | \"__AAAAAAAAAAAAAAAAAA__\" | taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}",
        "taskId | \"AAAAAAAAAAAAAAA\" | taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}",
        "taskId | \"../../AAAAAAAAAAAA\" | taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}",
        "taskId | \"AAAAAAAAAAAAAAAA\\n\" | taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}",
        "traceId | true | traceId is not a string",
        "traceId | \"0AF7651916CD43DD8448EB211C80319C\" | traceId must match [0-9a-f]{32}",
        "traceId | \"0af7651916cd43dd8448eb211c80319\" | traceId must match [0-9a-f]{32}",
        "timestamp | \"1760000000123\" | timestamp is not a whole number of milliseconds",
        "timestamp | 1.5 | timestamp is not a whole number of milliseconds",
        "timestamp | 1.0 | timestamp is not a whole number of milliseconds",
        "timestamp | 1e3 | timestamp is not a whole number of milliseconds",
        "timestamp | null | timestamp is not a whole number of milliseconds",
        "timestamp | 9223372036854775808 | timestamp is not a whole number of milliseconds",
        "source | {} | source is not a string",
        "payload | null | payload is not an object",
        "payload | [] | payload is not an object",
        "payload | \"{}\" | payload is not an object",
        "run | 0 | run must be 1 or more",
        "run | -1 | run must be 1 or more",
        "run | \"1\" | run is not a whole number",
        "run | 1.5 | run is not a whole number",
        "run | 2147483648 | run is not a whole number",
        "schemaVersion | \"1\" | schemaVersion is not a whole number",
        "schemaVersion | true | schemaVersion is not a whole number",
      })
  void aFieldOfTheEnvelopeOfAnotherFormIsRefused(String field, String value, String reason)
      throws Exception {
    ObjectNode json = StrictJson.object(GOOD.getBytes(UTF_8));
    json.set(field, StrictJson.MAPPER.readTree(value));
    assertRefused(json.toString(), reason);
  }

  @Test
  void aTaskIdOfSixtyFiveCharactersIsRefused() {
    assertRefused(
        GOOD.replace("q83vEjRWeJCrze8SNFZ4kA", "A".repeat(65)),
        "taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}");
  }

  @Test
  void theReasonQuotesNothingOfTheContent() {
    for (String text :
        List.of(
            "secret",
            "{\"secret\":secret}",
            "{\"secret\":1,\"secret\":2}",
            GOOD.replace("\"corrupt_image\"", "{\"secret\":\"secret\"}"),
            GOOD.replace("9", "secret"),
            Examples.of(EventType.IMAGE_DOWNLOADED).json().replace("48211", "\"secret\""),
            Examples.of(EventType.DOWNLOAD_REQUESTED).json().replace("uuuu", "secret!"))) {
      Throwable refusal =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> EventCodec.read(text.getBytes(UTF_8)));
      assertThat(refusal).isInstanceOf(MalformedEventException.class).hasNoCause();
      assertThat(refusal.getMessage()).doesNotContain("secret");
    }
  }

  private static void assertRefused(String text, String reason) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> EventCodec.read(text.getBytes(UTF_8)))
        .withMessage(reason);
  }

  private static String reasonOf(String text) {
    return reasonOf(text, UTF_8);
  }

  private static String reasonOf(String text, Charset charset) {
    try {
      return "read: " + EventCodec.read(text.getBytes(charset));
    } catch (MalformedEventException e) {
      return e.getMessage();
    }
  }
}
