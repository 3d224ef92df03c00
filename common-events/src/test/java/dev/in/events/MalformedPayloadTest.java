package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedPayloadTest {

  @ParameterizedTest
  @CsvSource({
    "download.requested, /input, input is null",
    "download.requested, /input/uploadId, input: exactly one of imageUrl and uploadId must be"
        + " given",
    "metadata.requested, /object, object is null",
    "metadata.requested, /object/bucket, object: bucket is null",
    "metadata.requested, /object/name, object: name is null",
    "metadata.requested, /object/generation, object.generation is missing or of a wrong type",
    "metadata.requested, /contentType, contentType is null",
    "metadata.requested, /sizeBytes, sizeBytes is missing or of a wrong type",
    "metadata.requested, /sha256, 'sha256 must match [0-9a-f]{64}, and is missing'",
    "ai.requested, /object, object is null",
    "ai.requested, /contentType, contentType is null",
    "ai.requested, /sizeBytes, sizeBytes is missing or of a wrong type",
    "ai.requested, /sha256, 'sha256 must match [0-9a-f]{64}, and is missing'",
    "ai.requested, /width, width is missing or of a wrong type",
    "ai.requested, /height, height is missing or of a wrong type",
    "image.downloaded, /object, object is null",
    "image.downloaded, /contentType, contentType is null",
    "image.downloaded, /sizeBytes, sizeBytes is missing or of a wrong type",
    "image.downloaded, /sha256, 'sha256 must match [0-9a-f]{64}, and is missing'",
    "metadata.extracted, /width, width is missing or of a wrong type",
    "metadata.extracted, /height, height is missing or of a wrong type",
    "metadata.extracted, /orientation, orientation is missing or of a wrong type",
    "ai.analyzed, /provider, provider is null",
    "ai.analyzed, /labels/0/name, labels[0]: name is null",
    "ai.analyzed, /labels/0/confidence, labels[0].confidence is missing or of a wrong type",
    "task.completed, /contentType, contentType is null",
    "task.completed, /sizeBytes, sizeBytes is missing or of a wrong type",
    "task.completed, /sha256, 'sha256 must match [0-9a-f]{64}, and is missing'",
    "task.completed, /durationMs, durationMs is missing or of a wrong type",
    "task.failed, /stage, stage is null",
    "task.failed, /code, code is null",
    "task.failed, /message, message is null",
  })
  void aPayloadWithoutThisIsRefused(String type, String field, String reason) throws Exception {
    ObjectNode json = example(type);
    JsonPointer pointer = JsonPointer.compile("/payload" + field);
    ((ObjectNode) json.at(pointer.head())).remove(pointer.last().getMatchingProperty());
    assertRefused(type, json, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "download.requested | /input |"
            + " {\"uploadId\":\"uuuuuuuuuuuuuuuuuuuuuu\",\"imageUrl\":\"https://a.example/\"} |"
            + " input: exactly one of imageUrl and uploadId must be given",
        "download.requested | /input | {\"imageUrl\":5} | input.imageUrl is missing or of a wrong"
            + " type",
        "download.requested | /input | {\"imageUrl\":null} | input: exactly one of imageUrl and"
            + " uploadId must be given",
        "download.requested | /input | \"https://a.example/\" | input is missing or of a wrong"
            + " type",
        "download.requested | /input | [] | input is missing or of a wrong type",
        "download.requested | /input/uploadId | \"../other/object\" | input: uploadId must match"
            + " [A-Za-z0-9_-]{16,64}",
        "download.requested | /features | \"text\" | features is missing or of a wrong type",
        "download.requested | /features/0 | 5 | features[0] is missing or of a wrong type",
        "download.requested | /features/1 | null | features[1] is missing or of a wrong type",
        "download.requested | /features/0 | {\"name\":\"text\"} | features[0] is missing or of a"
            + " wrong type",
        "metadata.requested | /object | \"gs://b/n\" | object is missing or of a wrong type",
        "metadata.requested | /object/generation | 0 | object: generation is not positive",
        "metadata.requested | /object/generation | -1 | object: generation is not positive",
        "metadata.requested | /object/generation | \"7\" | object.generation is missing or of a"
            + " wrong type",
        "metadata.requested | /sizeBytes | 99999999999999999999 | sizeBytes is missing or of a"
            + " wrong type",
        "metadata.requested | /sizeBytes | 1.7 | sizeBytes is missing or of a wrong type",
        "metadata.requested | /sizeBytes | 1.0 | sizeBytes is missing or of a wrong type",
        "metadata.requested | /sizeBytes | null | sizeBytes is missing or of a wrong type",
        "metadata.requested | /contentType | 5 | contentType is missing or of a wrong type",
        "metadata.requested | /contentType | true | contentType is missing or of a wrong type",
        "image.downloaded | /sha256 | \"abc\" | sha256 must match [0-9a-f]{64}",
        "image.downloaded | /sha256 |"
            + " \"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\" | sha256 must"
            + " match [0-9a-f]{64}",
        "ai.requested | /width | 2147483648 | width is missing or of a wrong type",
        "ai.requested | /height | \"480\" | height is missing or of a wrong type",
        "metadata.extracted | /orientation | true | orientation is missing or of a wrong type",
        "metadata.extracted | /lens | 50 | lens is missing or of a wrong type",
        "metadata.extracted | /keywords | {} | keywords is missing or of a wrong type",
        "metadata.extracted | /keywords/1 | null | keywords[1] is missing or of a wrong type",
        "metadata.extracted | /keywords/1 | 1.5 | keywords[1] is missing or of a wrong type",
        "ai.analyzed | /labels/0 | null | labels[0] is missing or of a wrong type",
        "ai.analyzed | /labels/0/confidence | 1e999 | labels[0]: confidence is not a finite number",
        "ai.analyzed | /labels/0/confidence | \"0.5\" | labels[0].confidence is missing or of a"
            + " wrong type",
        "ai.analyzed | /textLength | \"17\" | textLength is missing or of a wrong type",
        "ai.analyzed | /colors | [17] | colors[0] is missing or of a wrong type",
        "task.completed | /width | 640.5 | width is missing or of a wrong type",
        "task.failed | /code | {\"value\":\"internal\"} | code is missing or of a wrong type",
        "task.failed | /code | 404 | code is missing or of a wrong type",
        "task.failed | /message | null | message is null",
      })
  void aPayloadWithThisIsRefused(String type, String field, String value, String reason)
      throws Exception {
    ObjectNode json = example(type);
    JsonPointer pointer = JsonPointer.compile("/payload" + field);
    var parent = json.at(pointer.head());
    var replacement = StrictJson.MAPPER.readTree(value);
    if (parent instanceof ArrayNode array) {
      array.set(pointer.last().getMatchingIndex(), replacement);
    } else {
      ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), replacement);
    }
    assertRefused(type, json, reason);
  }

  private static ObjectNode example(String type) throws MalformedJsonException {
    return StrictJson.object(
        Examples.of(EventType.fromWire(type).orElseThrow()).json().getBytes(UTF_8));
  }

  private static void assertRefused(String type, ObjectNode json, String reason) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> EventCodec.read(json.toString().getBytes(UTF_8)))
        .withMessage("payload is not a valid " + type + ": " + reason);
  }
}
