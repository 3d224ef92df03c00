package dev.in.emulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rules as JSON, for processes that are not the local cloud's own:
 *
 * <pre>
 * {"calls": "google.firestore.v1.Firestore/*", "effect": "failAfter", "code": "UNAVAILABLE",
 *  "when": {"nth": [1, 3]}}
 * </pre>
 *
 * <p>{@code when} is {@code {"nth": […]}}, {@code {"first": n}}, {@code {"chance": p, "seed": n}},
 * or left out for always. Effects: {@code failBefore} and {@code failAfter} with {@code code};
 * {@code killBefore} and {@code killAfter}, which kill the process that makes the call; {@code
 * delay} with {@code millis}; {@code hang}; for deliveries also {@code refuse} with {@code status},
 * {@code abandon} with {@code status} and {@code millis}, {@code removeSignature}, {@code
 * duplicate}.
 */
final class FaultJson {
  private FaultJson() {}

  /**
   * @throws IllegalArgumentException with a reason, when it is not a rule
   */
  static FaultRule read(JsonNode json) {
    return new FaultRule(text(json, "calls"), when(json.path("when")), effect(json));
  }

  private static When when(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return new When.Always();
    }
    if (json.has("nth")) {
      Set<Long> numbers = new HashSet<>();
      json.path("nth").forEach(number -> numbers.add(number.asLong()));
      return new When.Nth(numbers);
    }
    if (json.has("first")) {
      return new When.First(json.path("first").asLong());
    }
    if (json.has("chance")) {
      return new When.Chance(json.path("chance").asDouble(), json.path("seed").asLong());
    }
    throw new IllegalArgumentException("when must have one of nth, first, chance");
  }

  private static Effect effect(JsonNode json) {
    String effect = text(json, "effect");
    return switch (effect) {
      case "failBefore" -> new Effect.FailBefore(code(json));
      case "failAfter" -> new Effect.FailAfter(code(json));
      case "killBefore" -> new Effect.KillBefore();
      case "killAfter" -> new Effect.KillAfter();
      case "delay" -> new Effect.Delay(millis(json));
      case "hang" -> new Effect.Hang();
      case "refuse" -> new Effect.Refuse(json.path("status").asInt());
      case "abandon" -> new Effect.Abandon(json.path("status").asInt(), millis(json));
      case "removeSignature" -> new Effect.RemoveSignature();
      case "duplicate" -> new Effect.Duplicate();
      default -> throw new IllegalArgumentException("unknown effect: " + effect);
    };
  }

  private static Status.Code code(JsonNode json) {
    return Status.Code.valueOf(text(json, "code").toUpperCase(Locale.ROOT));
  }

  private static Duration millis(JsonNode json) {
    if (!json.path("millis").isNumber()) {
      throw new IllegalArgumentException("millis is missing");
    }
    return Duration.ofMillis(json.path("millis").asLong());
  }

  private static String text(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return json.path(field).asText();
  }

  static Map<String, Object> write(Faults.Active active) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", active.id());
    json.put("calls", active.rule().calls());
    json.put("when", write(active.rule().when()));
    write(active.rule().effect(), json);
    json.put("matched", active.matched());
    json.put("hit", active.hit());
    return json;
  }

  private static Map<String, Object> write(When when) {
    return switch (when) {
      case When.Always() -> Map.of();
      case When.Nth(Set<Long> numbers) -> Map.of("nth", numbers.stream().sorted().toList());
      case When.First(long calls) -> Map.of("first", calls);
      case When.Chance(double chance, long seed) -> Map.of("chance", chance, "seed", seed);
    };
  }

  private static void write(Effect effect, Map<String, Object> json) {
    switch (effect) {
      case Effect.FailBefore(Status.Code code) -> put(json, "failBefore", "code", code.name());
      case Effect.FailAfter(Status.Code code) -> put(json, "failAfter", "code", code.name());
      case Effect.KillBefore() -> json.put("effect", "killBefore");
      case Effect.KillAfter() -> json.put("effect", "killAfter");
      case Effect.Delay(Duration by) -> put(json, "delay", "millis", by.toMillis());
      case Effect.Hang() -> json.put("effect", "hang");
      case Effect.Refuse(int status) -> put(json, "refuse", "status", status);
      case Effect.Abandon(int status, Duration after) -> {
        put(json, "abandon", "status", status);
        json.put("millis", after.toMillis());
      }
      case Effect.RemoveSignature() -> json.put("effect", "removeSignature");
      case Effect.Duplicate() -> json.put("effect", "duplicate");
    }
  }

  private static void put(Map<String, Object> json, String effect, String field, Object value) {
    json.put("effect", effect);
    json.put(field, value);
  }
}
