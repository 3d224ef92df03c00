package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.TraceCollector.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One task is one trace, from the edge through the chain back to the edge. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TraceIT {
  /** Calls to the edge for a completed task: progress of each stage, and the terminal status. */
  private static final int CALLBACKS = Chain.stages().size() + 1;

  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int PRODUCER = 4;
  private static final int CONSUMER = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RunningStack stack;
  private String taskId;
  private String traceId;

  @BeforeEach
  void aTaskIsCompleted(RunningStack shared) throws Exception {
    stack = shared;
    Path image = TestImages.write(folder.resolve("a.png"), 64, 48);
    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(Duration.ofMinutes(5))).isZero();
      taskId = JSON.readTree(submit.out().getFirst()).path("taskId").asText();
    }
    JsonNode first = stack.published(Chain.firstTopic(), taskId).getFirst();
    traceId = JSON.readTree(RunningStack.body(first)).path("traceId").asText();
    assertThat(traceId).matches("[0-9a-f]{32}");
  }

  @Test
  void oneTraceIdIsInEveryMessageAndEveryLogAndTheCallback() throws Exception {
    for (String topic : Chain.messagesOfCompletedTask().keySet()) {
      assertThat(stack.published(topic, taskId))
          .isNotEmpty()
          .allSatisfy(
              message -> {
                assertThat(JSON.readTree(RunningStack.body(message)).path("traceId").asText())
                    .isEqualTo(traceId);
                assertThat(message.path("attributes").path("traceparent").asText())
                    .startsWith("00-" + traceId + "-");
              });
    }
    for (String function : Chain.functions()) {
      List<JsonNode> lines = Wait.until(() -> logged(function), found -> !found.isEmpty());
      assertThat(lines)
          .allSatisfy(
              line ->
                  assertThat(line.path("logging.googleapis.com/trace").asText())
                      .isEqualTo("projects/in-local/traces/" + traceId));
    }
    assertThat(edgeMessages())
        .contains("task accepted", "download.requested published", "status update: applied");
    assertThat(logged("edge"))
        .allSatisfy(line -> assertThat(line.path("traceId").asText()).isEqualTo(traceId));
  }

  @Test
  void theSpansAreOneTreeFromTheEdgeToTheCallback() throws Exception {
    List<Span> spans = Wait.until(() -> stack.traces().of(traceId), TraceIT::isWhole);

    Span submit = one(spans, "edge", "submit task", SERVER);
    Span first = one(spans, "edge", "publish download.requested", PRODUCER);
    Span download = one(spans, "download", "download process", CONSUMER);
    Span metadata = one(spans, "metadata", "metadata process", CONSUMER);
    Span ai = one(spans, "ai", "ai process", CONSUMER);

    assertThat(submit.parentId()).isEmpty();
    assertThat(first.parentId()).isEqualTo(submit.spanId());
    assertThat(download.parentId()).isEqualTo(submit.spanId());
    assertThat(metadata.parentId()).isEqualTo(download.spanId());
    assertThat(ai.parentId()).isEqualTo(metadata.spanId());
    // The end, beside progress that has a like way: ai, sync, its call, the edge.
    assertThat(spans)
        .filteredOn(span -> span.name().equals("status update"))
        .anySatisfy(
            callback -> {
              Span call = byId(spans, callback.parentId());
              Span sync = byId(spans, call.parentId());
              assertThat(call.name()).isEqualTo("edge.update");
              assertThat(call.kind()).isEqualTo(CLIENT);
              assertThat(sync.name()).isEqualTo("sync process");
              assertThat(sync.parentId()).isEqualTo(ai.spanId());
            });
    assertThat(calls(spans, download))
        .contains("firestore.create", "firestore.update", "pubsub.publish", "storage.get");
    assertThat(calls(spans, ai)).contains("firestore.read", "vision.annotate", "pubsub.publish");
  }

  /** Whether all spans have arrived; each process exports every few seconds. */
  private static boolean isWhole(List<Span> spans) {
    List<String> names = spans.stream().map(Span::name).toList();
    return names.containsAll(Chain.stages().stream().map(stage -> stage + " process").toList())
        && Collections.frequency(names, "sync process") == 1
        && Collections.frequency(names, "notification process") == Chain.stages().size()
        && Collections.frequency(names, "status update") == CALLBACKS
        && spans.stream()
            .filter(span -> !span.parentId().isEmpty())
            .allMatch(span -> byId(spans, span.parentId()) != null);
  }

  /** All calls below a span, however deep. */
  private static List<String> calls(List<Span> spans, Span above) {
    return spans.stream()
        .filter(span -> span.parentId().equals(above.spanId()))
        .flatMap(
            span ->
                span.kind() == CLIENT
                    ? Stream.of(span.name())
                    : span.kind() == CONSUMER ? Stream.of() : calls(spans, span).stream())
        .toList();
  }

  private static Span one(List<Span> spans, String service, String name, int kind) {
    List<Span> found =
        spans.stream()
            .filter(span -> span.service().equals(service) && span.name().equals(name))
            .toList();
    assertThat(found).as(service + ": " + name).hasSize(1);
    assertThat(found.getFirst().kind()).isEqualTo(kind);
    return found.getFirst();
  }

  private static Span byId(List<Span> spans, String spanId) {
    return spans.stream().filter(span -> span.spanId().equals(spanId)).findFirst().orElse(null);
  }

  private List<JsonNode> logged(String component) throws Exception {
    return stack.log(component).stream()
        .filter(line -> line.path("taskId").asText().equals(taskId))
        .toList();
  }

  private List<String> edgeMessages() throws Exception {
    return logged("edge").stream().map(line -> line.path("message").asText()).toList();
  }
}
