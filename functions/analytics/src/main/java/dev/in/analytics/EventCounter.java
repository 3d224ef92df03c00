package dev.in.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.core.history.HistoryEntry;
import dev.in.events.AiAnalyzed;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.ImageDownloaded;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.Unrecognized;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts events. Dimensions: {@code type} of all of them; {@code status}, {@code channel} and
 * {@code priority} of tasks that have ended; {@code stage} of stages that have; {@code failure}
 * (stage and code); {@code billable} operations and bytes.
 */
final class EventCounter {
  static final String BILLABLE = "billable";
  static final String STORED_BYTES = "storedBytes";
  static final String STORED_OBJECTS = "storedObjects";
  static final String VISION_UNITS = "visionUnits";

  private static final String VISION = "vision";

  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private final SortedMap<String, Histogram> durations = new TreeMap<>();

  void count(HistoryEntry entry) {
    add("type", entry.eventType(), 1);
    switch (payload(entry)) {
      case ImageDownloaded downloaded -> {
        add(BILLABLE, STORED_OBJECTS, 1);
        add(BILLABLE, STORED_BYTES, downloaded.sizeBytes());
      }
      case AiAnalyzed analyzed -> analysis(analyzed);
      case TaskCompleted _ -> end("completed", entry);
      case TaskFailed failed -> {
        end("failed", entry);
        add("failure", failed.stage() + "/" + failed.code().value(), 1);
      }
      case RecognizedPayload _, Unrecognized _ -> {
        // Only its type is known here.
      }
    }
    entry
        .facts()
        .ifPresent(
            facts -> {
              facts.stage().ifPresent(stage -> add("stage", stage.wireName(), 1));
              durations.merge(
                  facts.stage().map(stage -> stage.wireName()).orElse("task"),
                  Histogram.EMPTY.with(facts.duration()),
                  Histogram::plus);
            });
  }

  Statistics result() {
    return new Statistics(counts, durations);
  }

  private void analysis(AiAnalyzed analyzed) {
    if (analyzed.provider().equals(VISION) && analyzed.skipped().isEmpty()) {
      add(BILLABLE, VISION_UNITS, analyzed.features().size());
    }
  }

  private void end(String status, HistoryEntry entry) {
    Routing routing = Routing.fromAttributes(entry.attributes());
    add("status", status, 1);
    add("channel", routing.channel(), 1);
    add("priority", routing.priority().wireName(), 1);
  }

  private void add(String dimension, String value, long count) {
    counts.computeIfAbsent(dimension, unused -> new TreeMap<>()).merge(value, count, Long::sum);
  }

  /** The history has nothing that could not be decoded when it came. */
  private static Payload payload(HistoryEntry entry) {
    try {
      return EventCodec.read(entry.body().getBytes(UTF_8)).payload();
    } catch (MalformedEventException e) {
      throw new IllegalStateException("event " + entry.eventId() + " cannot be read", e);
    }
  }
}
