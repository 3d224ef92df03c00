package dev.in.runner.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void aCompletedRowHasTheResultsFieldsInTheDocumentedOrder() throws IOException {
    Row row =
        Row.of(
            "a.jpg",
            view(
                "completed",
                """
                {"durationMs":420,"analysis":{"provider":"local"},"metadata":{"orientation":6},
                 "sha256":"ab","sizeBytes":3,"height":2,"width":1,"contentType":"image/jpeg",
                 "object":{"name":"x"}}
                """));

    assertThat(row.json().toString())
        .isEqualTo(
            "{\"input\":\"a.jpg\",\"taskId\":\"t1\",\"status\":\"completed\","
                + "\"contentType\":\"image/jpeg\",\"width\":1,\"height\":2,\"sizeBytes\":3,"
                + "\"sha256\":\"ab\",\"metadata\":{\"orientation\":6},"
                + "\"analysis\":{\"provider\":\"local\"},\"durationMs\":420}");
    assertThat(row.completed()).isTrue();
  }

  @Test
  void whatTheEdgeDoesNotTellIsLeftOut() throws IOException {
    Row row = Row.of("a.jpg", view("completed", "{\"sizeBytes\":3,\"width\":null}"));

    assertThat(row.json().toString())
        .isEqualTo(
            "{\"input\":\"a.jpg\",\"taskId\":\"t1\",\"status\":\"completed\",\"sizeBytes\":3}");
  }

  @Test
  void aFailedRowHasCodeMessageAndStage() {
    Row row =
        Row.of(
            "a.jpg",
            new TaskView(
                "t1",
                "failed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    new TaskError("corrupt_image", "It is broken.", Optional.of("metadata")))));

    assertThat(row.json().toString())
        .isEqualTo(
            "{\"input\":\"a.jpg\",\"taskId\":\"t1\",\"status\":\"failed\",\"error\":{\"code\":\"corrupt_image\",\"message\":\"It"
                + " is broken.\",\"stage\":\"metadata\"}}");
    assertThat(row.completed()).isFalse();
  }

  @Test
  void anInputThatNeverBecameATaskHasNoTaskId() {
    assertThat(
            Row.notSubmitted("a.jpg", "input_missing", "There is no such file.").json().toString())
        .isEqualTo(
            "{\"input\":\"a.jpg\",\"status\":\"failed\",\"error\":"
                + "{\"code\":\"input_missing\",\"message\":\"There is no such file.\"}}");
  }

  @Test
  void anUnfinishedRowHasItsLastKnownStatus() throws IOException {
    Row row =
        Row.unfinished(
            "a.jpg", view("processing_in_gcp", "{}"), TaskError.of("wait_timeout", "Too slow."));

    assertThat(row.json().toString())
        .isEqualTo(
            "{\"input\":\"a.jpg\",\"taskId\":\"t1\",\"status\":\"processing_in_gcp\",\"error\":"
                + "{\"code\":\"wait_timeout\",\"message\":\"Too slow.\"}}");
    assertThat(row.completed()).isFalse();
  }

  private static TaskView view(String status, String result) throws IOException {
    JsonNode json = new ObjectMapper().readTree(result);
    return new TaskView(
        "t1", status, Optional.empty(), Optional.empty(), Optional.of(json), Optional.empty());
  }
}
