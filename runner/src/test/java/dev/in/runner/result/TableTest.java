package dev.in.runner.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.edge.TaskView;
import dev.in.runner.terminal.Columns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  @Test
  void rowsStandUnderTheirTitles() throws IOException {
    Row completed = completed("a.jpg");
    Row missing = Row.notSubmitted("longer.png", "input_missing", "There is no such file.");

    assertThat(Table.lines(List.of(completed, missing), Optional.empty()))
        .containsExactly(
            "INPUT       STATUS     TYPE        PIXELS   SIZE     SHA-256       TIME    ERROR",
            "longer.png  failed                                                         "
                + "input_missing: There is no such file.",
            "a.jpg       completed  image/jpeg  640×480  12.3 kB  0123456789ab  1.23 s");
  }

  @Test
  void inANarrowTerminalErrorsStandBelowTheirRowsInFull() throws IOException {
    List<Row> rows =
        List.of(
            completed("pictures/of/a/holiday/at/the/sea/harbour-at-dusk.jpg"),
            Row.notSubmitted("none.jpg", "input_missing", "There is no such file, and never was."));

    assertThat(Table.lines(rows, Optional.of(80)))
        .containsExactly(
            "INPUT                            STATUS     TYPE        PIXELS   SIZE     TIME",
            "none.jpg                         failed",
            "  input_missing: There is no such file, and never was.",
            "pictures/of/a/h…our-at-dusk.jpg  completed  image/jpeg  640×480  12.3 kB  1.23 s");
    assertThat(Table.lines(rows, Optional.of(40)))
        .containsExactly(
            "INPUT                     STATUS",
            "none.jpg                  failed",
            "  input_missing: There is no such file,",
            "  and never was.",
            "pictures/of/…at-dusk.jpg  completed");
  }

  @Test
  void theCommonFolderIsWrittenOnce() {
    assertThat(
            Table.lines(
                List.of(
                    Row.notSubmitted("holiday/sea/a.jpg", "input_empty", "It is empty."),
                    Row.notSubmitted("holiday/b.jpg", "input_empty", "It is empty.")),
                Optional.empty()))
        .containsExactly(
            "In holiday/",
            "",
            "INPUT      STATUS  ERROR",
            "sea/a.jpg  failed  input_empty: It is empty.",
            "b.jpg      failed  input_empty: It is empty.");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 40, 57, 60, 80, 100, 120})
  void noLineIsWiderThanTheTerminal(int width) throws IOException {
    List<Row> rows =
        List.of(
            completed("ふつうの写真のとても長いファイル名のフォルダー/港の夕暮れ.jpg"),
            completed(
                "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦.jpg"),
            Row.notSubmitted("none.jpg", "input_missing", "There is no such file."));

    assertThat(Table.lines(rows, Optional.of(width)))
        .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width));
  }

  @Test
  void columnsWithoutContentAreLeftOut() {
    assertThat(
            Table.lines(
                List.of(Row.notSubmitted("a.jpg", "input_empty", "It is empty.")),
                Optional.empty()))
        .containsExactly("INPUT  STATUS  ERROR", "a.jpg  failed  input_empty: It is empty.");
  }

  @Test
  void aNameCannotCommandTheTerminal() {
    assertThat(
            Table.lines(
                List.of(Row.notSubmitted("\u001b[2Ja.jpg", "input_missing", "No.")),
                Optional.empty()))
        .last()
        .isEqualTo("?[2Ja.jpg  failed  input_missing: No.");
  }

  private static Row completed(String name) throws IOException {
    return Row.of(
        name,
        new TaskView(
            "t1",
            "completed",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ObjectMapper()
                    .readTree(
                        """
                        {"contentType":"image/jpeg","width":640,"height":480,
                         "sizeBytes":12345,"sha256":"0123456789abcdef","durationMs":1234}
                        """)),
            Optional.empty()));
  }
}
