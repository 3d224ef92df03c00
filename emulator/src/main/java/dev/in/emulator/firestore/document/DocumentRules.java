package dev.in.emulator.firestore.document;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import dev.in.emulator.firestore.value.ValueOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Firestore refuses to store, and how it counts a document's size.
 *
 * <p>Sources: "Quotas and limits" and "Storage size calculations" in Firestore's documentation.
 */
final class DocumentRules {
  static final int MAX_DOCUMENT_BYTES = 1_048_576;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_FIELD_NAME_BYTES = 1500;
  private static final int DOCUMENT_OVERHEAD = 32;
  private static final int NAME_OVERHEAD = 16;
  private static final Pattern RESERVED = Pattern.compile("__.*__", Pattern.DOTALL);

  private DocumentRules() {}

  /** The fields as they are stored: checked, timestamps cut to microseconds. */
  static Map<String, Value> storable(Map<String, Value> fields) {
    return storable(fields, 1);
  }

  /** One value as it is stored in an array or by a transform. */
  static Value storable(Value value) {
    return storable(value, 1, false);
  }

  private static Map<String, Value> storable(Map<String, Value> fields, int depth) {
    if (depth > MAX_DEPTH) {
      throw Errors.invalid("Maps and arrays are nested more than %d levels deep.", MAX_DEPTH);
    }
    var stored = new HashMap<String, Value>();
    fields.forEach(
        (name, value) -> {
          checkFieldName(name);
          stored.put(name, storable(value, depth, false));
        });
    return stored;
  }

  private static Value storable(Value value, int depth, boolean inArray) {
    return switch (ValueOrder.kind(value)) {
      case TIMESTAMP ->
          Value.newBuilder()
              .setTimestampValue(Micros.timestamp(Micros.of(value.getTimestampValue())))
              .build();
      case ARRAY -> {
        if (inArray) {
          throw Errors.invalid("Cannot convert an array value in an array value.");
        }
        var array = ArrayValue.newBuilder();
        value.getArrayValue().getValuesList().stream()
            .map(element -> storable(element, depth + 1, true))
            .forEach(array::addValues);
        yield Value.newBuilder().setArrayValue(array).build();
      }
      case MAP -> Fields.map(storable(value.getMapValue().getFieldsMap(), depth + 1));
      case REFERENCE -> {
        ResourcePath.document(value.getReferenceValue());
        yield value;
      }
      case NULL, BOOLEAN, NUMBER, STRING, BYTES, GEO_POINT, VECTOR -> value;
    };
  }

  static void checkFieldName(String name) {
    if (name.isEmpty()) {
      throw Errors.invalid("A property name is empty.");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_FIELD_NAME_BYTES) {
      throw Errors.invalid("A property name is longer than %d bytes.", MAX_FIELD_NAME_BYTES);
    }
    if (RESERVED.matcher(name).matches()) {
      throw Errors.invalid("The property name \"%s\" is reserved.", name);
    }
  }

  static void checkSize(Document document) {
    long bytes = size(document);
    if (bytes > MAX_DOCUMENT_BYTES) {
      throw Errors.invalid(
          "Document '%s' cannot be written because its size (%,d bytes) exceeds the maximum allowed"
              + " size of %,d bytes.",
          document.getName(), bytes, MAX_DOCUMENT_BYTES);
    }
  }

  static long size(Document document) {
    return nameSize(document.getName()) + size(document.getFieldsMap()) + DOCUMENT_OVERHEAD;
  }

  private static long nameSize(String name) {
    return NAME_OVERHEAD
        + ResourcePath.document(name).segments().stream().mapToLong(DocumentRules::size).sum();
  }

  private static long size(Map<String, Value> fields) {
    return fields.entrySet().stream()
        .mapToLong(field -> size(field.getKey()) + size(field.getValue()))
        .sum();
  }

  private static long size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private static long size(Value value) {
    return switch (ValueOrder.kind(value)) {
      case NULL, BOOLEAN -> 1;
      case NUMBER, TIMESTAMP -> 8;
      case STRING -> size(value.getStringValue());
      case BYTES -> value.getBytesValue().size();
      case REFERENCE -> nameSize(value.getReferenceValue());
      case GEO_POINT -> 16;
      case ARRAY ->
          value.getArrayValue().getValuesList().stream().mapToLong(DocumentRules::size).sum();
      case VECTOR, MAP -> size(value.getMapValue().getFieldsMap());
    };
  }
}
