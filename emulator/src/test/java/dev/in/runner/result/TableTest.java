package dev.in.runner.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.edge.TaskView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void rowsStandUnderTheirTitles() throws IOException {
    Row completed =
        Row.of(
            "a.jpg",
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
    Row missing = Row.notSubmitted("longer.png", "input_missing", "There is no such file.");

    assertThat(Table.lines(List.of(completed, missing)))
        .containsExactly(
            "INPUT       STATUS     TYPE        PIXELS   SIZE     SHA-256       TIME    ERROR",
            "a.jpg       completed  image/jpeg  640×480  12.3 kB  0123456789ab  1.23 s",
            "longer.png  failed                                                         "
                + "input_missing: There is no such file.");
  }

  @Test
  void columnsWithoutContentAreLeftOut() {
    assertThat(Table.lines(List.of(Row.notSubmitted("a.jpg", "input_empty", "It is empty."))))
        .containsExactly("INPUT  STATUS  ERROR", "a.jpg  failed  input_empty: It is empty.");
  }

  @Test
  void aNameCannotCommandTheTerminal() {
    assertThat(Table.lines(List.of(Row.notSubmitted("\u001b[2Ja.jpg", "input_missing", "No."))))
        .last()
        .isEqualTo("?[2Ja.jpg  failed  input_missing: No.");
  }
}
