package dev.in.runner.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.edge.TaskView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void errorsAreCountedByCodeTheMostFrequentFirst() {
    assertThat(
            Summary.of(
                List.of(
                    failed("timed_out"),
                    COMPLETED,
                    failed("corrupt_image"),
                    failed("unsupported_type"),
                    failed("unsupported_type"))))
        .isEqualTo(
            "1 of 5 completed; not completed: unsupported_type 2, corrupt_image 1, timed_out 1");
  }

  @Test
  void whereAllCompletedThereAreNoCodes() {
    assertThat(Summary.of(List.of(COMPLETED))).isEqualTo("1 of 1 completed");
  }

  private static final Row COMPLETED =
      Row.of(
          "a.jpg",
          new TaskView(
              "t1",
              "completed",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));

  private static Row failed(String code) {
    return Row.notSubmitted("b.jpg", code, "A sentence.");
  }
}
