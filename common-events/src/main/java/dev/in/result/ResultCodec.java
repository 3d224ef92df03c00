package dev.in.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;

/** Results to and from JSON, in the form of docs/contract.md. Unknown fields are ignored. */
public final class ResultCodec {
  private ResultCodec() {}

  public static ObjectNode write(TaskResult result) {
    return StrictJson.MAPPER.valueToTree(result);
  }

  public static TaskResult read(JsonNode json) throws MalformedJsonException {
    return StrictJson.record(json, TaskResult.class);
  }
}
