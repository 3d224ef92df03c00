package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What has happened to a stage that has not completed yet.
 *
 * @param attempts how many times the stage was claimed in this run
 * @param leaseExpiries how many claims in a row ended with neither a result nor a release; from the
 *     first one on, the stage runs alone in its instance
 * @param unexpectedErrors errors that look like bugs, in a row
 * @param nudges how often {@code recovery} has published the stage's request again since its last
 *     claim
 * @param lastError message of the last error
 */
public record StageHistory(
    int attempts,
    int leaseExpiries,
    Optional<UnexpectedErrors> unexpectedErrors,
    int nudges,
    Optional<String> lastError) {

  public static final StageHistory NONE =
      new StageHistory(0, 0, Optional.empty(), 0, Optional.empty());

  public StageHistory {
    requireNonNull(unexpectedErrors, "unexpectedErrors is null");
    requireNonNull(lastError, "lastError is null");
  }

  /**
   * @param afterExpiry whether the claim before ended with neither a result nor a release
   */
  StageHistory claimed(boolean afterExpiry) {
    return new StageHistory(
        attempts + 1,
        afterExpiry ? leaseExpiries + 1 : leaseExpiries,
        unexpectedErrors,
        0,
        lastError);
  }

  /** After a transient failure, which ends every row of other errors. */
  StageHistory released(String error) {
    return new StageHistory(attempts, 0, Optional.empty(), nudges, Optional.of(error));
  }

  StageHistory releasedAfterUnexpected(String error, Instant now) {
    UnexpectedErrors row =
        unexpectedErrors
            .map(UnexpectedErrors::oneMore)
            .orElseGet(() -> new UnexpectedErrors(1, now));
    return new StageHistory(attempts, 0, Optional.of(row), nudges, Optional.of(error));
  }

  StageHistory nudged() {
    return new StageHistory(attempts, leaseExpiries, unexpectedErrors, nudges + 1, lastError);
  }

  StageHistory completed() {
    return new StageHistory(attempts, 0, Optional.empty(), nudges, lastError);
  }

  /** A row of errors that look like bugs. */
  public record UnexpectedErrors(int count, Instant since) {
    public UnexpectedErrors {
      requireNonNull(since, "since is null");
    }

    UnexpectedErrors oneMore() {
      return new UnexpectedErrors(count + 1, since);
    }
  }
}
