package dev.in.runner.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import dev.in.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant BEGIN = Instant.parse("2026-05-04T03:02:01Z");

  @Test
  void beforeAnythingIsToldItIsBeingSubmitted() {
    assertThat(states(List.of()))
        .containsExactly(
            "submitted running",
            "download waiting",
            "metadata waiting",
            "ai waiting",
            "end waiting");
  }

  @Test
  void theStepsAreTheChains() {
    List<String> chain = Topology.load().chain().stream().map(stage -> stage.wireName()).toList();

    assertThat(new Timeline(List.of()).steps())
        .extracting(Step::name)
        .startsWith("submitted")
        .containsSubsequence(chain)
        .endsWith("end")
        .hasSize(chain.size() + 2);
  }

  @Test
  void aStageThatEndedHasItsTimeAndTheNextOneRuns() {
    assertThat(
            states(List.of(view("submitted", "", 0), view("processing_in_gcp", "download", 300))))
        .containsExactly(
            "submitted done", "download done 300", "metadata running", "ai waiting", "end waiting");
  }

  @Test
  void theLastStageCompletesTheTaskWhetherItsMilestoneWasToldOrNot() {
    assertThat(
            states(
                List.of(
                    view("processing_in_gcp", "download", 300),
                    view("processing_in_gcp", "metadata", 500),
                    view("completed", "ai", 900))))
        .containsExactly(
            "submitted done", "download done 300", "metadata done 200", "ai done 400", "end done");
  }

  @Test
  void whatCameLaterProvesWhatCameBefore() {
    assertThat(states(List.of(view("processing_in_gcp", "metadata", 500))))
        .containsExactly(
            "submitted done", "download done", "metadata done", "ai running", "end waiting");
  }

  @Test
  void aFailureIsWhereItHappenedAndWhatFollowsIsNeverReached() {
    TaskView failed =
        new TaskView(
            "t1",
            "failed",
            Optional.of("metadata"),
            times(700),
            Optional.empty(),
            Optional.of(new TaskError("corrupt_image", "No.", Optional.of("metadata"))));

    List<TaskView> told = List.of(view("processing_in_gcp", "download", 300), failed);

    assertThat(states(told))
        .containsExactly(
            "submitted done", "download done 300", "metadata failed", "ai never", "end failed");
    assertThat(new Timeline(told).total()).contains(Duration.ofMillis(700));
  }

  private static List<String> states(List<TaskView> told) {
    return new Timeline(told)
        .steps().stream()
            .map(
                step ->
                    step.name()
                        + " "
                        + step.state().name().toLowerCase(java.util.Locale.ROOT)
                        + step.took().map(time -> " " + time.toMillis()).orElse(""))
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
