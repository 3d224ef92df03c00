package dev.in.core.task;

import com.google.cloud.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Typed access to a map of Firestore's; what is missing or of another type is named. */
final class Fields {
  private final Map<?, ?> values;

  Fields(Map<?, ?> values) {
    this.values = values;
  }

  Map<?, ?> values() {
    return values;
  }

  String text(String name) {
    return required(name, optionalText(name));
  }

  Optional<String> optionalText(String name) {
    return optional(name, String.class);
  }

  int integer(String name) {
    return Math.toIntExact(required(name, optional(name, Long.class)));
  }

  Optional<Integer> optionalInteger(String name) {
    return optional(name, Long.class).map(Math::toIntExact);
  }

  Instant instant(String name) {
    return required(name, optionalInstant(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optional(name, Timestamp.class)
        .map(time -> Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
  }

  Fields map(String name) {
    return required(name, optionalMap(name));
  }

  Optional<Fields> optionalMap(String name) {
    return optional(name, Map.class).map(Fields::new);
  }

  List<String> texts(String name) {
    List<?> list = optional(name, List.class).orElse(List.of());
    return list.stream().map(String.class::cast).toList();
  }

  private <T> Optional<T> optional(String name, Class<T> type) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalStateException(
          "field "
              + name
              + " is a "
              + value.getClass().getSimpleName()
              + ", not "
              + type.getSimpleName());
    }
    return Optional.ofNullable(type.cast(value));
  }

  private static <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("field " + name + " is missing"));
  }
}
