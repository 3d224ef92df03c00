package dev.in.runner.redrive;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tasks an operator wants redriven.
 *
 * @param tasks named one by one; empty: all that have failed
 * @param code only those that failed with it
 * @param since only those that failed at that time or later
 * @param limit of eligible tasks
 */
public record Selection(
    List<String> tasks, Optional<String> code, Optional<Instant> since, int limit) {
  /** As many as one operation takes. */
  public static final int MAX_LIMIT = 10_000;

  public Selection {
    tasks = tasks.stream().distinct().toList();
    requireNonNull(code, "code is null");
    requireNonNull(since, "since is null");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
    }
  }

  /** Whether it names nothing, which would select everything. */
  public boolean isEmpty() {
    return tasks.isEmpty() && code.isEmpty() && since.isEmpty();
  }

  /** For the audit record. */
  Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>();
    if (!tasks.isEmpty()) {
      description.put("tasks", tasks.size() + " by id");
    }
    code.ifPresent(value -> description.put("code", value));
    since.ifPresent(value -> description.put("since", value.toString()));
    description.put("limit", Integer.toString(limit));
    return description;
  }

  /** Why a failed task is not wanted; empty if it is. */
  Optional<String> refusal(FailedTask task) {
    if (code.isPresent() && !code.get().equals(task.code())) {
      return Optional.of("failed with another code");
    }
    return since.filter(task.failedAt()::isBefore).map(time -> "failed earlier");
  }
}
