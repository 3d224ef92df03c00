package dev.in.core.engine;

import dev.in.core.handler.Outcome;
import dev.in.core.task.Lease;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.StoredTask;
import dev.in.events.Stage;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Supplier;

/**
 * The latest claims that ended in this process without the store taking what came of them. The
 * document still has them, and to any other instance their leases expire without a word; here it is
 * known that they did not end their process, so they count as released.
 */
final class EndedClaims {
  /** Far more than are waiting to be delivered again at any time. */
  private static final int MAX = 1_000;

  private final SequencedSet<String> tokens = new LinkedHashSet<>();

  /** Makes a delivery's attempt; an Error on the way ends the process, and is not remembered. */
  Outcome remember(String token, Supplier<Outcome> attempt) {
    try {
      Outcome outcome = attempt.get();
      if (outcome instanceof Outcome.Nack) {
        add(token);
      }
      return outcome;
    } catch (RuntimeException e) {
      add(token);
      throw e;
    }
  }

  /** The task as it would be, had its claim been released. */
  StoredTask released(StoredTask stored, Stage stage) {
    StageState state = stored.document().stage(stage);
    boolean ended =
        state.status() == StageStatus.RUNNING
            && state.lease().map(Lease::token).filter(this::contains).isPresent();
    return ended
        ? new StoredTask(
            stored
                .document()
                .with(
                    stage,
                    state.released("what came of the work could not be recorded"),
                    stored.document().updatedAt()),
            stored.version())
        : stored;
  }

  private synchronized void add(String token) {
    tokens.add(token);
    if (tokens.size() > MAX) {
      tokens.removeFirst();
    }
  }

  private synchronized boolean contains(String token) {
    return tokens.contains(token);
  }
}
