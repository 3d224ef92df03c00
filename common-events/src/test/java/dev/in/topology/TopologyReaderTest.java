package dev.in.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.in.events.EventType;
import dev.in.events.Stage;
import dev.in.topology.Topology.Backoff;
import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.DeadLetter;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Need;
import dev.in.topology.Topology.Service;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Tick;
import dev.in.topology.Topology.Topic;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyReaderTest {
  private static final String SMALL =
      """
      clocks:
        workBudget: 1s
        lease: 2s
        requestTimeout: 3s
        ackDeadline: 4s
        backoff: { minimum: 5s, maximum: 6s }
        taskDeadline: 7s
        internalAfter: 11s
        overdueAfter: 8s
        retention: 9s
        historyTtl: 18s
        documentTtl: 10s
      chain: [metadata]
      topics:
        metadata-topic: { kind: task, messages: [metadata.requested] }
        facts: { kind: event, messages: [metadata.extracted, task.failed] }
        lost: { kind: dead-letter, messages: [] }
      functions:
        metadata: { does: reads, side: true, replayable: true, publishes: [facts, lost], needs: [vision, write-images], service: { cpu: 1, memoryMiB: 15, concurrency: 16 }, tick: { path: /sweep, every: 17s } }
      legacyEventTypes: {}
      deadLetter: { topic: lost, maxDeliveryAttempts: 100 }
      subscriptions:
        metadata: { topic: metadata-topic, function: metadata }
        notified: { topic: facts, messages: [metadata.extracted, task.failed], enabled: false, deadLetter: false, ackDeadline: 11s, retention: 12s, backoff: { minimum: 13s, maximum: 14s } }
      """;

  @Test
  void everyWordIsReadAndWhatIsLeftOutComesFromTheClocks() {
    Clocks clocks =
        new Clocks(
            seconds(1),
            seconds(2),
            seconds(3),
            seconds(4),
            new Backoff(seconds(5), seconds(6)),
            seconds(7),
            seconds(11),
            seconds(8),
            seconds(9),
            seconds(18),
            seconds(10));
    Topology topology = TopologyReader.read(SMALL);
    assertThat(topology.clocks()).isEqualTo(clocks);
    assertThat(topology.chain()).containsExactly(Stage.METADATA);
    assertThat(topology.deadLetter()).isEqualTo(new DeadLetter("lost", 100));
    assertThat(topology.topics().values())
        .containsExactly(
            new Topic("metadata-topic", Topic.Kind.TASK, List.of(EventType.METADATA_REQUESTED)),
            new Topic(
                "facts",
                Topic.Kind.EVENT,
                List.of(EventType.METADATA_EXTRACTED, EventType.TASK_FAILED)),
            new Topic("lost", Topic.Kind.DEAD_LETTER, List.of()));
    assertThat(topology.functions().values())
        .containsExactly(
            new Function(
                "metadata",
                "reads",
                true,
                true,
                List.of("facts", "lost"),
                Set.of(Need.VISION, Need.WRITE_IMAGES),
                new Service(1, 15, 16),
                Optional.of(new Tick("/sweep", seconds(17)))));
    assertThat(topology.subscriptions().values())
        .containsExactly(
            new Subscription(
                "metadata",
                "metadata-topic",
                Optional.of("metadata"),
                Optional.empty(),
                true,
                clocks.ackDeadline(),
                clocks.backoff(),
                clocks.retention(),
                Optional.of(topology.deadLetter())),
            new Subscription(
                "notified",
                "facts",
                Optional.empty(),
                Optional.of(
                    "attributes.eventType = \"metadata.extracted\""
                        + " OR attributes.eventType = \"image.metadata_extracted\""
                        + " OR attributes.eventType = \"task.failed\""),
                false,
                seconds(11),
                new Backoff(seconds(13), seconds(14)),
                seconds(12),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain: [metadata]      | chain: [resize]         | unknown stage: resize",
        "chain: [metadata]      | chain: []               | chain is empty",
        "chain: [metadata]      | steps: [metadata]       | topology has unknown keys:"
            + " [steps]",
        "workBudget: 1s         | worktime: 1s            | clocks has unknown keys:"
            + " [worktime]",
        "  lease: 2s            |                         | lease is not a duration such as 60s:"
            + " ''",
        "lease: 2s              | lease: 2                | lease is not a duration such as 60s:"
            + " '2'",
        "lease: 2s              | lease: 2m               | lease is not a duration such as 60s:"
            + " '2m'",
        "lease: 2s              | lease: 0s               | lease is not a duration such as 60s:"
            + " '0s'",
        "lease: 2s              | lease: -2s              | lease is not a duration such as 60s:"
            + " '-2s'",
        "minimum: 5s            | least: 5s               | backoff has unknown keys:" + " [least]",
        "kind: task             | kind: queue             | unknown kind of topic metadata-topic:"
            + " 'queue'",
        "kind: task             | kind: TASK              | unknown kind of topic metadata-topic:"
            + " 'TASK'",
        "{ kind: task           | { lane: 1, kind: task   | metadata-topic has unknown keys:"
            + " [lane]",
        "[metadata.requested]   | [metadata.asked]        | unknown event type: metadata.asked",
        "publishes: [facts      | publishes: [rumours     | unknown topic: rumours",
        "does: reads            | does: reads, cpu: 2     | metadata has unknown keys: [cpu]",
        "needs: [vision         | needs: [foresight       | unknown need of a function: foresight",
        "cpu: 1                 | cpu: 1, gpu: 1          | service has unknown keys: [gpu]",
        "cpu: 1                 | cpu: 0.5                | cpu is not a positive whole number:"
            + " '0.5'",
        "memoryMiB: 15          | memoryMiB: 15Mi         | memoryMiB is not a positive whole"
            + " number: '\"15Mi\"'",
        ", concurrency: 16      | , concurrency: 0        | concurrency is not a positive whole"
            + " number: '0'",
        ", concurrency: 16      |                         | concurrency is not a positive whole"
            + " number: ''",
        "{ topic: lost          | { topic: found          | unknown topic: found",
        "maxDeliveryAttempts: 1 | maxDeliveryAttempts: 4, x: 1 | deadLetter has unknown keys:"
            + " [x]",
        "Attempts: 100          | Attempts: 101           | maxDeliveryAttempts is not between 5"
            + " and 100",
        "Attempts: 100          | Attempts: 4             | maxDeliveryAttempts is not between 5"
            + " and 100",
        "topic: metadata-topic  | topic: other-topic      | unknown topic: other-topic",
        "function: metadata     | function: meta          | metadata pushes to an unknown function:"
            + " meta",
        "enabled: false         | enabled: 'no'           | enabled is not a boolean:" + " \"no\"",
        "deadLetter: false      | deadLetter: lost        | deadLetter is not a boolean:"
            + " \"lost\"",
        "enabled: false         | disabled: true          | notified has unknown keys:"
            + " [disabled]",
      })
  void unknownKeysAndUndefinedNamesAreRefused(String good, String bad, String reason) {
    assertThat(SMALL).contains(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopologyReader.read(SMALL.replace(good, bad == null ? "" : bad)))
        .withMessage(reason);
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> TopologyReader.read(SMALL.replace("lease: 2s", "workBudget: 2s")))
        .withMessage("not YAML, or a duplicate name");
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
