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
    view.batchFinished();
  }

  @Test
  void anImageIsALineWithItsStages() {
    Input harbour = new Input.ImageUrl("harbour.jpg");
    view.batchStarted(List.of(harbour, new Input.ImageUrl("b.png")));
    view.itemStarted(0, harbour);
    now = Duration.ofMillis(400).toNanos();
    view.itemUpdated(0, harbour, update("submitted", ""));
    view.itemUpdated(0, harbour, update("processing_in_gcp", "download"));
    now = Duration.ofMillis(1_240).toNanos();
    view.note("in: something");

    assertThat(screen.lines())
        .containsExactly(
            "in: something",
            "harbour.jpg  upload ✓  download ✓  metadata …  ai ·      1.2 s",
            "b.png        upload ·  download ·  metadata ·  ai ·",
            "0 of 2 images completed, 1 in progress, 1.2 s");
  }

  @Test
  void itIsRedrawnInPlace() {
    Input harbour = new Input.ImageUrl("harbour.jpg");
    view.batchStarted(List.of(harbour));
    view.itemStarted(0, harbour);
    view.note("first");
    view.itemUpdated(0, harbour, update("completed", "ai"));
    view.itemFinished(0, row(harbour, "completed"));
    view.batchFinished();

    assertThat(screen.lines())
        .containsExactly(
            "first",
            "harbour.jpg  upload ✓  download ✓  metadata ✓  ai ✓       0 ms",
            "1 of 1 image completed, 0 ms");
  }

  @Test
  void whereATableFollowsNothingOfItStays() {
    view.batchFinished();
    view = view(false, false);
    view.batchStarted(List.of(new Input.ImageUrl("a")));
    view.note("first");
    view.batchFinished();

    assertThat(screen.lines()).containsExactly("first");
  }

  @Test
  void aFailureStandsAtItsStage() {
    Input broken = new Input.ImageUrl("broken.jpg");
    Input missing = new Input.Unusable("missing.jpg", "input_missing", "No.");
    view.batchStarted(List.of(broken, missing));
    view.itemStarted(0, broken);
    view.itemUpdated(0, broken, update("processing_in_gcp", "download"));
    view.itemUpdated(0, broken, failed("metadata"));
    view.itemFinished(1, Row.notSubmitted("missing.jpg", "input_missing", "No."));
    view.batchFinished();

    assertThat(screen.lines())
        .containsExactly(
            "broken.jpg   upload ✓  download ✓  metadata ✗  ai ·       0 ms",
            "missing.jpg  upload ✗  download ·  metadata ·  ai ·",
            "0 of 2 images completed, 2 failed, 0 ms");
  }

  @Test
  void whereThereAreMoreImagesThanRowsThoseInProgressAreShown() {
    size = new Terminal.Size(5, 80);
    List<Input> inputs =
        IntStream.range(0, 9)
            .<Input>mapToObj(index -> new Input.ImageUrl("image" + index))
            .toList();
    view.batchStarted(inputs);
    for (int index : new int[] {0, 1, 4, 6, 8}) {
      view.itemStarted(index, inputs.get(index));
    }
    view.itemUpdated(0, inputs.get(0), update("completed", "ai"));
    view.itemUpdated(1, inputs.get(1), failed("download"));
    view.batchFinished();

    assertThat(screen.lines())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("image4  upload …"),
            line -> assertThat(line).startsWith("image6  upload …"),
            line -> assertThat(line).startsWith("image8  upload …"),
            line ->
                assertThat(line)
                    .isEqualTo("1 of 9 images completed, 1 failed, 3 in progress, 0 ms"));
  }

  @Test
  void theFolderThatAllShareIsNotRepeated() {
    view.batchStarted(
        List.of(new Input.ImageUrl("holiday/a.jpg"), new Input.ImageUrl("holiday/sea/b.jpg")));
    view.batchFinished();

    assertThat(screen.lines().get(0)).startsWith("a.jpg      upload");
    assertThat(screen.lines().get(1)).startsWith("sea/b.jpg  upload");
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
    Input input = new Input.ImageUrl("pictures/of/a/holiday/港の夕暮れ.jpg");
    view.batchStarted(List.of(input));
    view.itemStarted(0, input);
    view.itemUpdated(0, input, update("submitted", ""));
    view.batchFinished();

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
        new ProgressLines(colors),
        () -> Optional.of(size),
        () -> now,
        leave);
  }

  private static TaskView update(String status, String stage) {
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
    return Row.of(input.name(), update(status, "ai"));
  }
}
