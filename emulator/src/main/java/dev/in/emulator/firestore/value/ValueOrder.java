package dev.in.emulator.firestore.value;

import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Firestore's one order over values of all types: by type first, then within the type. Integers and
 * doubles are one type and compare by what they are worth; NaN is the least number.
 *
 * <p>Source: "Supported data types" in Firestore's documentation.
 */
public final class ValueOrder implements Comparator<Value> {
  public static final ValueOrder INSTANCE = new ValueOrder();

  private static final String VECTOR = "__vector__";

  private ValueOrder() {}

  /** Types in the order in which they sort. Values of two kinds are never equal. */
  public enum Kind {
    NULL,
    BOOLEAN,
    NUMBER,
    TIMESTAMP,
    STRING,
    BYTES,
    REFERENCE,
    GEO_POINT,
    ARRAY,
    VECTOR,
    MAP
  }

  public static Kind kind(Value value) {
    return switch (value.getValueTypeCase()) {
      case NULL_VALUE -> Kind.NULL;
      case BOOLEAN_VALUE -> Kind.BOOLEAN;
      case INTEGER_VALUE, DOUBLE_VALUE -> Kind.NUMBER;
      case TIMESTAMP_VALUE -> Kind.TIMESTAMP;
      case STRING_VALUE -> Kind.STRING;
      case BYTES_VALUE -> Kind.BYTES;
      case REFERENCE_VALUE -> Kind.REFERENCE;
      case GEO_POINT_VALUE -> Kind.GEO_POINT;
      case ARRAY_VALUE -> Kind.ARRAY;
      case MAP_VALUE -> isVector(value) ? Kind.VECTOR : Kind.MAP;
      case FIELD_REFERENCE_VALUE, FUNCTION_VALUE, PIPELINE_VALUE ->
          throw Errors.unsupported("pipeline values");
      case VALUETYPE_NOT_SET -> throw Errors.invalid("A value has no type.");
    };
  }

  private static boolean isVector(Value value) {
    return VECTOR.equals(
        value
            .getMapValue()
            .getFieldsOrDefault("__type__", Value.getDefaultInstance())
            .getStringValue());
  }

  public static boolean isNaN(Value value) {
    return value.hasDoubleValue() && Double.isNaN(value.getDoubleValue());
  }

  /** Equality as queries and array transforms see it: {@code 3} equals {@code 3.0}. */
  public static boolean same(Value left, Value right) {
    return INSTANCE.compare(left, right) == 0;
  }

  @Override
  public int compare(Value left, Value right) {
    Kind kind = kind(left);
    int byKind = kind.compareTo(kind(right));
    if (byKind != 0) {
      return byKind;
    }
    return switch (kind) {
      case NULL -> 0;
      case BOOLEAN -> Boolean.compare(left.getBooleanValue(), right.getBooleanValue());
      case NUMBER -> Numbers.compare(left, right);
      case TIMESTAMP -> compareTimes(left.getTimestampValue(), right.getTimestampValue());
      case STRING -> Utf8Order.INSTANCE.compare(left.getStringValue(), right.getStringValue());
      case BYTES ->
          ByteString.unsignedLexicographicalComparator()
              .compare(left.getBytesValue(), right.getBytesValue());
      case REFERENCE -> compareReferences(left.getReferenceValue(), right.getReferenceValue());
      case GEO_POINT -> comparePoints(left, right);
      case ARRAY ->
          compareLists(left.getArrayValue().getValuesList(), right.getArrayValue().getValuesList());
      case VECTOR -> compareVectors(left, right);
      case MAP ->
          compareMaps(left.getMapValue().getFieldsMap(), right.getMapValue().getFieldsMap());
    };
  }

  private static int compareTimes(Timestamp left, Timestamp right) {
    int bySeconds = Long.compare(left.getSeconds(), right.getSeconds());
    return bySeconds != 0 ? bySeconds : Integer.compare(left.getNanos(), right.getNanos());
  }

  private static int compareReferences(String left, String right) {
    return compareStrings(List.of(left.split("/")), List.of(right.split("/")));
  }

  private static int compareStrings(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = Utf8Order.INSTANCE.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int comparePoints(Value left, Value right) {
    int byLatitude =
        Double.compare(
            left.getGeoPointValue().getLatitude(), right.getGeoPointValue().getLatitude());
    return byLatitude != 0
        ? byLatitude
        : Double.compare(
            left.getGeoPointValue().getLongitude(), right.getGeoPointValue().getLongitude());
  }

  private int compareLists(List<Value> left, List<Value> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** Vectors sort by dimension, then element by element. */
  private int compareVectors(Value left, Value right) {
    List<Value> l = vectorElements(left);
    List<Value> r = vectorElements(right);
    int byDimension = Integer.compare(l.size(), r.size());
    return byDimension != 0 ? byDimension : compareLists(l, r);
  }

  private static List<Value> vectorElements(Value vector) {
    return vector
        .getMapValue()
        .getFieldsOrDefault("value", Value.getDefaultInstance())
        .getArrayValue()
        .getValuesList();
  }

  /** Maps sort as the list of their entries, sorted by key: key, value, key, value, … */
  private int compareMaps(Map<String, Value> left, Map<String, Value> right) {
    Iterator<Map.Entry<String, Value>> l = sorted(left);
    Iterator<Map.Entry<String, Value>> r = sorted(right);
    while (l.hasNext() && r.hasNext()) {
      Map.Entry<String, Value> le = l.next();
      Map.Entry<String, Value> re = r.next();
      int byKey = Utf8Order.INSTANCE.compare(le.getKey(), re.getKey());
      if (byKey != 0) {
        return byKey;
      }
      int byValue = compare(le.getValue(), re.getValue());
      if (byValue != 0) {
        return byValue;
      }
    }
    return Boolean.compare(l.hasNext(), r.hasNext());
  }

  private static Iterator<Map.Entry<String, Value>> sorted(Map<String, Value> fields) {
    var sorted = new TreeMap<String, Value>(Utf8Order.INSTANCE);
    sorted.putAll(fields);
    return sorted.entrySet().iterator();
  }
}
