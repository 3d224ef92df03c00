package dev.in.emulator.storage.http;

import dev.in.emulator.storage.object.Preconditions;
import dev.in.emulator.storage.object.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The query of a request.
 *
 * @param values by name, in the order given
 */
public record Parameters(Map<String, List<String>> values) {
  /** Parameters of every method; a partial response ({@code fields}) may be a full one. */
  private static final Set<String> STANDARD =
      Set.of("alt", "fields", "key", "prettyPrint", "projection", "quotaUser", "userProject");

  /**
   * @param query as sent, percent-encoded; empty for none
   */
  static Parameters parse(String query) {
    var values = new TreeMap<String, List<String>>();
    if (!query.isEmpty()) {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
      }
    }
    return new Parameters(values);
  }

  /** Refuses parameters that would be silently without effect. */
  public void allowOnly(Set<String> known) {
    values.keySet().stream()
        .filter(name -> !known.contains(name) && !STANDARD.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw StorageFailure.unsupported("the parameter \"" + name + "\" here");
            });
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  public OptionalLong number(String name) {
    Optional<String> text = text(name);
    try {
      return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw StorageFailure.invalid("Invalid value for parameter %s: %s", name, text.get());
    }
  }

  public Preconditions preconditions() {
    return new Preconditions(number("ifGenerationMatch"), number("ifGenerationNotMatch"));
  }
}
