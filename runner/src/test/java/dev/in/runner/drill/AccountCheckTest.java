package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOUND = "\"status\":\"completed\",\"colors\":[\"red\"]";
  private static final JsonNode UNDISTURBED = item("t0", FOUND);
  private static final List<String> TASKS = List.of("t1");

  @Test
  void aLibraryHasEachTaskOnceWithWhatWasFound() {
    assertThat(
            AccountCheck.library(
                List.of(item("t1", FOUND), UNDISTURBED), List.of("t0", "t1"), UNDISTURBED))
        .isEmpty();
  }

  @Test
  void aTaskThatIsMissingTwiceThereOrNotIndexedIsAProblem() {
    assertThat(AccountCheck.library(List.of(UNDISTURBED), TASKS, UNDISTURBED))
        .containsExactly("the library has of t1 []");
    assertThat(
            AccountCheck.library(List.of(item("t1", FOUND), item("t1", FOUND)), TASKS, UNDISTURBED))
        .hasSize(1);
    assertThat(
            AccountCheck.library(
                List.of(item("t1", "\"status\":\"completed\"")), TASKS, UNDISTURBED))
        .containsExactly("the library has of t1 [{\"status\":\"completed\"}]");
  }

  @Test
  void aFeedHasEachTaskFromItsSubmissionToItsEnd() {
    assertThat(
            feed(
                entry(5, "task.submitted", ""),
                entry(6, "task.progress", ""),
                entry(7, "task.progress", ",\"stage\":\"download\""),
                entry(8, "task.indexed", ""),
                entry(9, "task.completed", ",\"stage\":\"ai\"")))
        .isEmpty();
    assertThat(ofTypes("task.submitted", "task.completed", "task.indexed")).isEmpty();
  }

  @Test
  void aTaskThatFailsEndsAsFailedAndNoOtherDoes() {
    List<JsonNode> entries =
        List.of(
            entry(5, "task.submitted", ""),
            entry(6, "task.failed", ",\"stage\":\"metadata\""),
            entry(7, "task.indexed", ""));
    assertThat(AccountCheck.feed(entries, List.of(), TASKS, 4)).isEmpty();
    assertThat(AccountCheck.feed(entries, TASKS, List.of(), 4))
        .containsExactly("the feed has of t1 [task.submitted, task.failed, task.indexed]");
  }

  @Test
  void whatIsMissingIsAProblem() {
    assertThat(ofTypes()).containsExactly("the feed has of t1 []");
    assertThat(ofTypes("task.submitted", "task.indexed"))
        .containsExactly("the feed has of t1 [task.submitted, task.indexed]");
    assertThat(ofTypes("task.submitted", "task.completed"))
        .containsExactly("the feed has of t1 [task.submitted, task.completed]");
  }

  @Test
  void whatComesTwiceOrOutOfOrderIsAProblem() {
    assertThat(ofTypes("task.submitted", "task.indexed", "task.completed", "task.completed"))
        .hasSize(1);
    assertThat(ofTypes("task.submitted", "task.indexed", "task.completed", "task.indexed"))
        .hasSize(1);
    assertThat(ofTypes("task.submitted", "task.indexed", "task.completed", "task.progress"))
        .hasSize(1);
    assertThat(ofTypes("task.indexed", "task.submitted", "task.completed")).hasSize(1);
    assertThat(
            feed(
                entry(5, "task.submitted", ""),
                entry(6, "task.progress", ",\"stage\":\"ai\""),
                entry(7, "task.progress", ",\"stage\":\"ai\""),
                entry(8, "task.indexed", ""),
                entry(9, "task.completed", "")))
        .hasSize(1);
  }

  @Test
  void aGapAndATaskOfNobodyAreProblems() {
    assertThat(
            feed(
                entry(5, "task.submitted", ""),
                entry(7, "task.indexed", ""),
                entry(8, "task.completed", "")))
        .containsExactly("the feed has 7 in place of 6");
    assertThat(AccountCheck.feed(List.of(entry(5, "task.submitted", "")), List.of(), 4))
        .containsExactly("the feed has of tasks that nobody submitted: [t1]");
  }

  private static List<String> ofTypes(String... types) {
    List<JsonNode> entries = new ArrayList<>();
    for (String type : types) {
      entries.add(entry(5 + entries.size(), type, ""));
    }
    return feed(entries.toArray(JsonNode[]::new));
  }

  private static List<String> feed(JsonNode... entries) {
    return AccountCheck.feed(List.of(entries), TASKS, 4);
  }

  private static JsonNode item(String taskId, String found) {
    return read(
        "{\"taskId\":\"%s\",\"createdAt\":\"%s\",%s}".formatted(taskId, "now of " + taskId, found));
  }

  private static JsonNode entry(long seq, String type, String stage) {
    return read(
        "{\"seq\":%d,\"type\":\"%s\",\"taskId\":\"t1\",\"data\":{\"taskId\":\"t1\"%s}}"
            .formatted(seq, type, stage));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
