package dev.in.runner.drill;

import dev.in.runner.edge.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One round of so many tasks at a steady pace. */
final class PoisonRound {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private enum Kind {
    GOOD,
    UNDECODABLE,
    FAILING,
    DEAD_HOST;

    /** The last three of every ten. */
    static Kind of(int number) {
      return switch (number % 10) {
        case 7 -> UNDECODABLE;
        case 8 -> FAILING;
        case 9 -> DEAD_HOST;
        default -> GOOD;
      };
    }
  }

  private final DrillStack stack;
  private final Path noImage;
  private final boolean withPoison;
  private final List<String> good = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();
  private final List<String> deadHost = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int undecodable;

  PoisonRound(DrillStack stack, Path noImage, boolean withPoison) {
    this.stack = stack;
    this.noImage = noImage;
    this.withPoison = withPoison;
  }

  /** How long the good ones took. */
  List<Duration> run(int tasks) throws Exception {
    int lettersBefore = stack.cloud().published("dead-letter-topic").size();
    List<String> uploads = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      uploads.add(Kind.of(i) == Kind.FAILING ? stack.upload(noImage) : stack.upload());
    }
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      long early = INTERVAL.multipliedBy(i).toNanos() - (System.nanoTime() - start);
      Thread.sleep(Duration.ofNanos(Math.max(0, early)));
      submit(Kind.of(i), uploads.get(i));
    }
    List<Duration> times = new ArrayList<>();
    for (String taskId : good) {
      expect(taskId, "completed")
          .flatMap(TaskView::times)
          .ifPresent(it -> times.add(Duration.between(it.createdAt(), it.updatedAt())));
    }
    for (String taskId : failing) {
      expect(taskId, "unsupported_type");
    }
    for (String taskId : deadHost) {
      expect(taskId, "source_unreachable");
    }
    stack.awaitNoBacklog(LIMIT);
    int letters = stack.cloud().published("dead-letter-topic").size() - lettersBefore;
    if (letters != undecodable) {
      problems.add("%d dead letters of %d".formatted(letters, undecodable));
    }
    return times;
  }

  private void submit(Kind kind, String upload) throws Exception {
    if (kind == Kind.GOOD) {
      good.add(stack.submit(upload));
    } else if (withPoison) {
      switch (kind) {
        case UNDECODABLE -> {
          undecodable++;
          stack.cloud().publish("download-topic", List.of("not an event"), Map.of());
        }
        case FAILING -> failing.add(stack.submit(upload));
        case DEAD_HOST ->
            deadHost.add(stack.submitUrl("https://" + stack.deadHost().endpoint() + "/image.gif"));
        case GOOD -> throw new IllegalStateException("good ones are submitted above");
      }
    }
  }

  private Optional<TaskView> expect(String taskId, String end) throws Exception {
    Optional<TaskView> view = stack.awaitEnd(taskId, LIMIT);
    String actual =
        view.map(it -> it.error().map(error -> error.code()).orElse(it.status())).orElse("no end");
    if (!actual.equals(end)) {
      problems.add("%s: %s, not %s".formatted(taskId, actual, end));
    }
    return view;
  }

  List<String> problems() {
    return problems;
  }

  String counts() {
    return "%d completed, %d + %d failed as they must, %d dead letters"
        .formatted(good.size(), failing.size(), deadHost.size(), undecodable);
  }
}
