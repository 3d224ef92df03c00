package dev.in.runner.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** A status as one JSON object, for programs. */
public final class StatusJson {
  private StatusJson() {}

  /** The object on one line; {@code ok} is whether there are no problems. */
  public static String of(SystemStatus status, List<String> problems, Path mail) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ok", problems.isEmpty());
    problems.forEach(json.putArray("problems")::add);
    json.put("edge", status.edge().shown());
    json.set("functions", array(status.functions(), StatusJson::function));
    json.set("subscriptions", array(status.subscriptions(), StatusJson::subscription));
    status.deadLetters().ifPresent(count -> json.put("deadLetters", count));
    ObjectNode switches = json.putObject("switches");
    status.switches().forEach(switches::put);
    json.set("budgets", array(status.budgets(), StatusJson::budget));
    json.put("mail", mail.toString());
    return json.toString();
  }

  private static <T> ArrayNode array(List<T> items, Function<T, ObjectNode> form) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  private static ObjectNode function(FunctionStatus function) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", function.name())
            .put("pid", function.pid())
            .put("port", function.port())
            .put("health", function.health().shown());
    put(json.putObject("failures"), function.failures());
    put(json.putObject("nacks"), function.nacks());
    return json;
  }

  private static ObjectNode subscription(SubscriptionStatus subscription) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", subscription.name())
            .put("backlog", subscription.backlog());
    subscription.oldest().ifPresent(age -> json.put("oldestSeconds", age.toMillis() / 1e3));
    return json.put("deliveries", subscription.deliveries())
        .put("nacks", subscription.nacks())
        .put("deadLettered", subscription.deadLettered())
        .put("perSecond", subscription.perSecond());
  }

  private static ObjectNode budget(BudgetStatus budget) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("scope", budget.scope())
            .put("unitsPerDay", budget.unitsPerDay());
    budget.unitsLeft().ifPresent(left -> json.put("unitsLeft", left));
    return json.put("exceeded", budget.exceeded()).put("resetsAt", budget.resetsAt());
  }

  private static void put(ObjectNode json, SortedMap<String, Long> counts) {
    counts.forEach(json::put);
  }
}
