package dev.in.emulator.firestore;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.NullValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Field values that the server works out. */
final class Transforms {
  private static final Value NULL = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
  private static final long MICROS_PER_MILLI = 1_000;

  private Transforms() {}

  /**
   * @param fields the document afterwards
   * @param result what the caller is told: the new value, or null for the array transforms
   */
  record Applied(Map<String, Value> fields, Value result) {}

  static Applied apply(Map<String, Value> fields, FieldTransform transform, long commitMicros) {
    FieldPath path = FieldPath.parse(transform.getFieldPath());
    path.names().forEach(DocumentRules::checkFieldName);
    Optional<Value> stored = Fields.get(fields, path);
    return switch (transform.getTransformTypeCase()) {
      case SET_TO_SERVER_VALUE ->
          store(fields, path, serverValue(transform.getSetToServerValue(), commitMicros));
      case INCREMENT -> numeric(fields, path, stored, transform.getIncrement(), Numbers::add);
      case MAXIMUM -> numeric(fields, path, stored, transform.getMaximum(), Numbers::maximum);
      case MINIMUM -> numeric(fields, path, stored, transform.getMinimum(), Numbers::minimum);
      case APPEND_MISSING_ELEMENTS ->
          array(fields, path, union(stored, transform.getAppendMissingElements()));
      case REMOVE_ALL_FROM_ARRAY ->
          array(fields, path, difference(stored, transform.getRemoveAllFromArray()));
      case TRANSFORMTYPE_NOT_SET ->
          throw Errors.invalid("The transform of \"%s\" has no type.", transform.getFieldPath());
    };
  }

  /** The time of the request, of millisecond precision by the API's own words. */
  private static Value serverValue(ServerValue wanted, long commitMicros) {
    if (wanted != ServerValue.REQUEST_TIME) {
      throw Errors.invalid("Unknown server value.");
    }
    long millisecond = commitMicros - Math.floorMod(commitMicros, MICROS_PER_MILLI);
    return Value.newBuilder().setTimestampValue(Micros.timestamp(millisecond)).build();
  }

  private static Applied numeric(
      Map<String, Value> fields,
      FieldPath path,
      Optional<Value> stored,
      Value operand,
      BinaryOperator<Value> operator) {
    if (!Numbers.isNumber(operand)) {
      throw Errors.invalid("A numeric transform needs an integer or double value.");
    }
    Value value =
        stored
            .filter(Numbers::isNumber)
            .map(number -> operator.apply(number, operand))
            .orElse(operand);
    return store(fields, path, value);
  }

  private static List<Value> union(Optional<Value> stored, ArrayValue wanted) {
    var elements = new ArrayList<>(elements(stored));
    for (Value element : wanted.getValuesList()) {
      if (elements.stream().noneMatch(present -> ValueOrder.same(present, element))) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static List<Value> difference(Optional<Value> stored, ArrayValue unwanted) {
    return elements(stored).stream()
        .filter(
            present ->
                unwanted.getValuesList().stream()
                    .noneMatch(element -> ValueOrder.same(present, element)))
        .toList();
  }

  private static List<Value> elements(Optional<Value> stored) {
    return stored.map(value -> value.getArrayValue().getValuesList()).orElse(List.of());
  }

  private static Applied array(Map<String, Value> fields, FieldPath path, List<Value> elements) {
    Value array =
        Value.newBuilder().setArrayValue(ArrayValue.newBuilder().addAllValues(elements)).build();
    return new Applied(store(fields, path, array).fields(), NULL);
  }

  private static Applied store(Map<String, Value> fields, FieldPath path, Value value) {
    return new Applied(Fields.with(fields, path, value), value);
  }
}
