package dev.in.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.publish.Outgoing;
import dev.in.core.publish.Publications;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTopology;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever happens between two steps: nothing lost, nothing twice. */
class ChainSimulationTest {
  private static final int SEEDS = 1000;
  private static final Outbox OUTBOX = new Outbox(TestTopology.wholeChain());
  private static final Logger LOG = Logger.getLogger("dev.in.core");

  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void asBefore() {
    LOG.setLevel(null);
  }

  @Test
  void everyTaskEndsOnceAndEveryMessageHasOneContent() {
    Map<TaskStatus, Integer> ends = new EnumMap<>(TaskStatus.class);
    int exhausted = 0;
    int replays = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      ChainSimulation simulation = new ChainSimulation(seed);
      try {
        simulation.run();
        assertRightEnd(simulation.document(), simulation.published());
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
      ends.merge(simulation.document().status(), 1, Integer::sum);
      exhausted += exhausted(simulation.document()) ? 1 : 0;
      replays += simulation.published().size() - distinctIds(simulation.published()).size();
    }
    // The faults must have had an effect.
    assertThat(ends.get(TaskStatus.COMPLETED)).isGreaterThan(SEEDS / 2);
    assertThat(ends.get(TaskStatus.FAILED)).isGreaterThan(SEEDS / 50);
    assertThat(exhausted).isGreaterThan(SEEDS / 500);
    assertThat(replays).isGreaterThan(SEEDS);
  }

  private static void assertRightEnd(TaskDocument document, List<Outgoing> published) {
    Replays.assertIdenticalPerId(published);
    assertThat(document.status().terminal()).as("the task has ended").isTrue();
    assertThat(published)
        .extracting(message -> message.attributes().get("eventType"))
        .contains(endOf(document))
        .doesNotContain(otherEnd(document));
    assertThat(contents(published)).containsAll(whatFollowed(document));
    assertThat(published).allMatch(message -> !message.topic().equals("dead-letter-topic"));
    for (StageState stage : document.stages().values()) {
      assertThat(exhausted(stage))
          .isEqualTo(stage.history().leaseExpiries() == 5 && stage.status() == StageStatus.FAILED);
    }
  }

  /** All that the document's stages made due, as bytes. */
  private static Set<String> whatFollowed(TaskDocument document) {
    List<Publications> due = new ArrayList<>();
    document
        .stages()
        .forEach(
            (stage, state) -> {
              if (state.status() == StageStatus.COMPLETED) {
                due.add(OUTBOX.following(document, stage));
              }
            });
    due.add(OUTBOX.terminal(document));
    return due.stream()
        .flatMap(
            following ->
                Stream.concat(following.events().stream(), following.taskMessage().stream()))
        .map(event -> new String(EventCodec.write(event)))
        .collect(Collectors.toSet());
  }

  private static Set<String> contents(List<Outgoing> published) {
    return published.stream()
        .map(message -> new String(message.data()))
        .collect(Collectors.toSet());
  }

  private static String endOf(TaskDocument document) {
    return document.status() == TaskStatus.COMPLETED ? "task.completed" : "task.failed";
  }

  private static String otherEnd(TaskDocument document) {
    return document.status() == TaskStatus.COMPLETED ? "task.failed" : "task.completed";
  }

  private static boolean exhausted(TaskDocument document) {
    return document.stages().values().stream().anyMatch(ChainSimulationTest::exhausted);
  }

  private static boolean exhausted(StageState stage) {
    return stage
        .error()
        .filter(error -> error.code().equals(FailureCode.ATTEMPTS_EXHAUSTED))
        .isPresent();
  }

  private static Set<String> distinctIds(List<Outgoing> published) {
    Set<String> ids = new HashSet<>();
    published.forEach(message -> ids.add(message.attributes().get("eventId")));
    return ids;
  }
}
