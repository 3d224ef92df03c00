package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Passes ends of stages on to whoever follows the task, where progress comes from elsewhere than
 * the edge. A stage can end before its task's submission is answered: that waits for the follower.
 */
public final class StageEnds {
  private final Map<String, List<StageEnd>> unclaimed = new HashMap<>();
  private final Map<String, Consumer<StageEnd>> followers = new HashMap<>();

  /** A stage of any task has ended. */
  public synchronized void accept(StageEnd end) {
    requireNonNull(end, "end is null");
    Consumer<StageEnd> follower = followers.get(end.taskId());
    if (follower == null) {
      unclaimed.computeIfAbsent(end.taskId(), unused -> new ArrayList<>()).add(end);
    } else {
      follower.accept(end);
    }
  }

  /** Gives the follower what has been there before, and then everything of that task. */
  synchronized void follow(String taskId, Consumer<StageEnd> follower) {
    followers.put(taskId, follower);
    List<StageEnd> earlier = unclaimed.remove(taskId);
    if (earlier != null) {
      earlier.forEach(follower);
    }
  }
}
