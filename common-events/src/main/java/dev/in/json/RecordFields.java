package dev.in.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * Records to and from maps of plain values (strings, numbers, booleans, lists, maps), the form in
 * which Firestore's client takes and gives documents. Names and order are the record's: a component
 * that is added to a record is stored and read without further code.
 */
public final class RecordFields {
  /** Firestore has doubles, no decimals of any length. */
  private static final ObjectMapper MAPPER =
      StrictJson.MAPPER.copy().disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private RecordFields() {}

  /** In the order of the record's components. */
  public static Map<String, Object> write(Object value) {
    return MAPPER.convertValue(value, FIELDS);
  }

  /**
   * @throws IllegalStateException if the fields are not those of such a record; its message quotes
   *     nothing of them
   */
  public static <T> T read(Map<?, ?> fields, Class<T> type) {
    try {
      return MAPPER.convertValue(fields, type);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "fields are not those of "
              + type.getSimpleName()
              + (e.getCause() instanceof JsonMappingException mapping
                  ? ": " + StrictJson.reason(mapping)
                  : ""));
    }
  }
}
