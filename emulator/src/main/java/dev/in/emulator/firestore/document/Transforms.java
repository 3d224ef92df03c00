package dev.in.emulator.firestore.document;

import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.Value;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.Numbers;
import java.util.Map;
import java.util.Optional;

/** Field values that the server works out. */
final class Transforms {
  private static final long MICROS_PER_MILLI = 1_000;

  private Transforms() {}

  /**
   * @param fields the document afterwards
   * @param result the new value
   */
  record Applied(Map<String, Value> fields, Value result) {}

  static Applied apply(Map<String, Value> fields, FieldTransform transform, long commitMicros) {
    FieldPath path = FieldPath.parse(transform.getFieldPath());
    path.names().forEach(DocumentRules::checkFieldName);
    return switch (transform.getTransformTypeCase()) {
      case SET_TO_SERVER_VALUE ->
          store(fields, path, serverValue(transform.getSetToServerValue(), commitMicros));
      case INCREMENT ->
          store(fields, path, incremented(Fields.get(fields, path), transform.getIncrement()));
      case MAXIMUM, MINIMUM, APPEND_MISSING_ELEMENTS, REMOVE_ALL_FROM_ARRAY ->
          throw Errors.unsupported("the transform " + transform.getTransformTypeCase());
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

  /** What is not a number, or not there, counts as nothing. */
  private static Value incremented(Optional<Value> stored, Value by) {
    if (!Numbers.isNumber(by)) {
      throw Errors.invalid("An increment needs an integer or double value.");
    }
    return stored.filter(Numbers::isNumber).map(number -> Numbers.add(number, by)).orElse(by);
  }

  private static Applied store(Map<String, Value> fields, FieldPath path, Value value) {
    return new Applied(Fields.with(fields, path, value), value);
  }
}
