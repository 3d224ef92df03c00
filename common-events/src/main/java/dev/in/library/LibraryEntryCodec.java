package dev.in.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;

/**
 * Library entries to and from JSON, in the form of docs/contract.md. Unknown fields are ignored.
 */
public final class LibraryEntryCodec {
  private LibraryEntryCodec() {}

  public static ObjectNode write(LibraryEntry entry) {
    return StrictJson.MAPPER.valueToTree(entry);
  }

  public static LibraryEntry read(JsonNode json) throws MalformedJsonException {
    return StrictJson.record(json, LibraryEntry.class);
  }
}
