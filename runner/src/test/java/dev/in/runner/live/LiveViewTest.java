package dev.in.runner.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import dev.in.runner.terminal.Columns;
import dev.in.runner.terminal.Painter;
import dev.in.runner.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveViewTest {
  private final VirtualScreen screen = new VirtualScreen();
  private Terminal.Size size = new Terminal.Size(24, 80);
  private long now;
  private LiveView view = view(false, true);

  @AfterEach
  void stop() {
    view.ended();
  }

  @Test
  void aPictureIsALineWithItsStages() {
    Input harbour = new Input.PictureUrl("harbour.jpg");
    view.planned(List.of(harbour, new Input.PictureUrl("b.png")));
    view.begun(0, harbour);
    now = Duration.ofMillis(400).toNanos();
    view.told(0, harbour, told("submitted", ""));
    view.told(0, harbour, told("processing_in_gcp", "download"));
    now = Duration.ofMillis(1_240).toNanos();
    view.note("in: something");

    assertThat(screen.lines())
        .containsExactly(
            "in: something",
            "harbour.jpg  upload ✓  download ✓  metadata …  ai ·      1.2 s",
            "b.png        upload ·  download ·  metadata ·  ai ·",
            "0 of 2 pictures completed, 1 under way, 1.2 s");
  }

  @Test
  void itIsDrawnAgainInItsPlace() {
    Input harbour = new Input.PictureUrl("harbour.jpg");
    view.planned(List.of(harbour));
    view.begun(0, harbour);
    view.note("first");
    view.told(0, harbour, told("completed", "ai"));
    view.finished(0, row(harbour, "completed"));
    view.ended();

    assertThat(screen.lines())
        .containsExactly(
            "first",
            "harbour.jpg  upload ✓  download ✓  metadata ✓  ai ✓       0 ms",
            "1 of 1 picture completed, 0 ms");
  }

  @Test
  void whereATableFollowsNothingOfItStays() {
    view.ended();
    view = view(false, false);
    view.planned(List.of(new Input.PictureUrl("a")));
    view.note("first");
    view.ended();

    assertThat(screen.lines()).containsExactly("first");
  }

  @Test
  void aFailureStandsAtItsStage() {
    Input broken = new Input.PictureUrl("broken.jpg");
    Input missing = new Input.Unusable("missing.jpg", "input_missing", "No.");
    view.planned(List.of(broken, missing));
    view.begun(0, broken);
    view.told(0, broken, told("processing_in_gcp", "download"));
    view.told(0, broken, failed("metadata"));
    view.finished(1, Row.notSubmitted("missing.jpg", "input_missing", "No."));
    view.ended();

    assertThat(screen.lines())
        .containsExactly(
            "broken.jpg   upload ✓  download ✓  metadata ✗  ai ·       0 ms",
            "missing.jpg  upload ✗  download ·  metadata ·  ai ·",
            "0 of 2 pictures completed, 2 failed, 0 ms");
  }

  @Test
  void ofMorePicturesThanRowsThoseUnderWayAreShown() {
    size = new Terminal.Size(5, 80);
    List<Input> inputs =
        IntStream.range(0, 9)
            .<Input>mapToObj(index -> new Input.PictureUrl("picture" + index))
            .toList();
    view.planned(inputs);
    for (int index : new int[] {0, 1, 4, 6, 8}) {
      view.begun(index, inputs.get(index));
    }
    view.told(0, inputs.get(0), told("completed", "ai"));
    view.told(1, inputs.get(1), failed("download"));
    view.ended();

    assertThat(screen.lines())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("picture4  upload …"),
            line -> assertThat(line).startsWith("picture6  upload …"),
            line -> assertThat(line).startsWith("picture8  upload …"),
            line ->
                assertThat(line)
                    .isEqualTo("1 of 9 pictures completed, 1 failed, 3 under way, 0 ms"));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 'pictures/of/a/holiday/港の夕暮れ.jpg  upload ✓  download …  metadata ·  ai ·       0 ms'",
    "79, 'pictures/of/a/…の夕暮れ.jpg  upload ✓  download …  metadata ·  ai ·       0 ms'",
    "50, 'pictures/of/a…の夕暮れ.jpg  download …       0 ms'",
    "20, pictures/o…暮れ.jpg"
  })
  void aLineIsNeverWiderThanTheTerminal(int columns, String expected) {
    size = new Terminal.Size(24, columns);
    Input input = new Input.PictureUrl("pictures/of/a/holiday/港の夕暮れ.jpg");
    view.planned(List.of(input));
    view.begun(0, input);
    view.told(0, input, told("submitted", ""));
    view.ended();

    assertThat(screen.lines().getFirst()).isEqualTo(expected);
    assertThat(screen.lines()).allSatisfy(line -> assertThat(Columns.of(line)).isLessThan(columns));
  }

  @Test
  void coloursAreLeftOutWhereTheyAreNotWanted() {
    assertThat(new Terminal(java.util.Map.of("NO_COLOR", "1")).hasColors()).isFalse();
    assertThat(new Terminal(java.util.Map.of("NO_COLOR", "")).hasColors()).isTrue();
    assertThat(new Terminal(java.util.Map.of("TERM", "dumb")).canRedraw()).isFalse();
    assertThat(new Terminal(java.util.Map.of()).canRedraw()).isFalse();
    assertThat(new Terminal(java.util.Map.of("COLUMNS", "72")).outputColumns()).contains(72);
  }

  private LiveView view(boolean colors, boolean leave) {
    return new LiveView(
        new Painter(screen.out()),
        new TrackLines(colors),
        () -> Optional.of(size),
        () -> now,
        leave);
  }

  private static TaskView told(String status, String stage) {
    return new TaskView(
        "t1",
        status,
        Optional.of(stage).filter(name -> !name.isEmpty()),
        Optional.of(new TaskView.Times(java.time.Instant.EPOCH, java.time.Instant.EPOCH)),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskView failed(String stage) {
    return new TaskView(
        "t1",
        "failed",
        Optional.of(stage),
        Optional.of(new TaskView.Times(java.time.Instant.EPOCH, java.time.Instant.EPOCH)),
        Optional.empty(),
        Optional.of(new TaskError("internal", "No.", Optional.of(stage))));
  }

  private static Row row(Input input, String status) {
    return Row.of(input.name(), told(status, "ai"));
  }
}
