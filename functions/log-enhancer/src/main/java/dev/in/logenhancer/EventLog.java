package dev.in.logenhancer;

import dev.in.core.history.EventFacts;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.INEvent;
import dev.in.events.TaskFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One line an event. Its fields can be searched for in Cloud Logging; the delivery's span gives it
 * its trace. Whose task it is stays in the history: logs hold nothing of a person.
 */
final class EventLog {
  private static final Logger LOG = Logger.getLogger(EventLog.class);

  private EventLog() {}

  static void write(INEvent<?> event, Routing routing, Optional<EventFacts> facts) {
    Map<String, String> fields = fields(event, routing, facts);
    fields.forEach(MDC::put);
    try {
      LOG.infof("event %s", event.eventType());
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  private static Map<String, String> fields(
      INEvent<?> event, Routing routing, Optional<EventFacts> facts) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("eventType", event.eventType());
    fields.put("run", Integer.toString(event.run()));
    fields.put("channel", routing.channel());
    fields.put("priority", routing.priority().wireName());
    if (event.payload() instanceof TaskFailed failed) {
      fields.put("code", failed.code().value());
    }
    facts.ifPresent(
        known -> {
          known.stage().ifPresent(stage -> fields.put("stage", stage.wireName()));
          fields.put("attempts", Integer.toString(known.attempts()));
          fields.put("durationMs", Long.toString(known.duration().toMillis()));
        });
    return fields;
  }
}
