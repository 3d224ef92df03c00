package dev.in.emulator.firestore.value;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Value.ValueTypeCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading and changing one field of a document's tree of maps; nothing is changed in place. */
public final class Fields {
  private Fields() {}

  public static Optional<Value> get(Map<String, Value> fields, FieldPath path) {
    Map<String, Value> at = fields;
    List<String> names = path.names();
    for (int i = 0; i < names.size() - 1; i++) {
      at = children(at.get(names.get(i)));
    }
    return Optional.ofNullable(at.get(names.getLast()));
  }

  /** As {@link #get}, with {@code __name__} for the document's own name. */
  public static Optional<Value> get(Document document, FieldPath path) {
    return path.isName()
        ? Optional.of(Value.newBuilder().setReferenceValue(document.getName()).build())
        : get(document.getFieldsMap(), path);
  }

  /** Sets a field; a value on the way that is not a map becomes one. */
  public static Map<String, Value> with(Map<String, Value> fields, FieldPath path, Value value) {
    return with(fields, path.names(), value);
  }

  private static Map<String, Value> with(
      Map<String, Value> fields, List<String> names, Value value) {
    var changed = new HashMap<>(fields);
    String name = names.getFirst();
    changed.put(
        name,
        names.size() == 1
            ? value
            : map(with(children(fields.get(name)), names.subList(1, names.size()), value)));
    return changed;
  }

  /** Removes a field, leaving the maps around it, even when they are empty then. */
  public static Map<String, Value> without(Map<String, Value> fields, FieldPath path) {
    return without(fields, path.names());
  }

  private static Map<String, Value> without(Map<String, Value> fields, List<String> names) {
    String name = names.getFirst();
    if (!fields.containsKey(name)) {
      return fields;
    }
    var changed = new HashMap<>(fields);
    if (names.size() == 1) {
      changed.remove(name);
    } else if (fields.get(name).getValueTypeCase() == ValueTypeCase.MAP_VALUE) {
      changed.put(name, map(without(children(fields.get(name)), names.subList(1, names.size()))));
    }
    return changed;
  }

  /** Only the named fields, each at its place. */
  public static Map<String, Value> project(Map<String, Value> fields, List<FieldPath> paths) {
    Map<String, Value> projected = Map.of();
    for (FieldPath path : paths) {
      Optional<Value> value = get(fields, path);
      if (value.isPresent()) {
        projected = with(projected, path, value.get());
      }
    }
    return projected;
  }

  /** The document with only the named fields. */
  public static Document project(Document document, List<FieldPath> paths) {
    return document.toBuilder()
        .clearFields()
        .putAllFields(project(document.getFieldsMap(), paths))
        .build();
  }

  public static Value map(Map<String, Value> fields) {
    return Value.newBuilder().setMapValue(MapValue.newBuilder().putAllFields(fields)).build();
  }

  private static Map<String, Value> children(Value value) {
    return value != null && value.getValueTypeCase() == ValueTypeCase.MAP_VALUE
        ? value.getMapValue().getFieldsMap()
        : Map.of();
  }
}
