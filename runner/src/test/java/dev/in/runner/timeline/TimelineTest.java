package dev.in.runner.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import dev.in.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant BEGIN = Instant.parse("2026-05-04T03:02:01Z");

  @Test
  void beforeAnythingIsReportedItIsBeingSubmitted() {
    assertThat(states(List.of()))
        .containsExactly(
            "submitted running",
            "download pending",
            "metadata pending",
            "ai pending",
            "end pending");
  }

  @Test
  void theStepsAreTheChains() {
    List<String> chain = Topology.load().chain().stream().map(stage -> stage.wireName()).toList();

    assertThat(Timeline.steps(List.of()))
        .extracting(Step::name)
        .startsWith("submitted")
        .containsSubsequence(chain)
        .endsWith("end")
        .hasSize(chain.size() + 2);
  }

  @Test
  void afterAStageTheNextOneRuns() {
    assertThat(
            states(List.of(view("submitted", "", 0), view("processing_in_gcp", "download", 300))))
        .containsExactly(
            "submitted done", "download done", "metadata running", "ai pending", "end pending");
  }

  @Test
  void theLastStageCompletesTheTaskWhetherItWasReportedOrNot() {
    assertThat(
            states(
                List.of(
                    view("processing_in_gcp", "download", 300),
                    view("processing_in_gcp", "metadata", 500),
                    view("completed", "ai", 900))))
        .containsExactly("submitted done", "download done", "metadata done", "ai done", "end done");
  }

  @Test
  void whatCameLaterProvesWhatCameBefore() {
    assertThat(states(List.of(view("processing_in_gcp", "metadata", 500))))
        .containsExactly(
            "submitted done", "download done", "metadata done", "ai running", "end pending");
  }

  @Test
  void aFailureIsInItsStageAndWhatFollowsIsNotReached() {
    TaskView failed =
        new TaskView(
            "t1",
            "failed",
            Optional.of("metadata"),
            times(700),
            Optional.empty(),
            Optional.of(new TaskError("corrupt_image", "No.", Optional.of("metadata"))));

    List<TaskView> history = List.of(view("processing_in_gcp", "download", 300), failed);

    assertThat(states(history))
        .containsExactly(
            "submitted done", "download done", "metadata failed", "ai not_reached", "end failed");
  }

  private static List<String> states(List<TaskView> history) {
    return Timeline.steps(history).stream()
        .map(step -> step.name() + " " + step.state().name().toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  private static TaskView view(String status, String stage, long afterMs) {
    return new TaskView(
        "t1",
        status,
        Optional.of(stage).filter(name -> !name.isEmpty()),
        times(afterMs),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<TaskView.Times> times(long afterMs) {
    return Optional.of(new TaskView.Times(BEGIN, BEGIN.plusMillis(afterMs)));
  }
}
