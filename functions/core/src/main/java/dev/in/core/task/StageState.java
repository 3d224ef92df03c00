package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.stage.StageOutput;
import java.time.Instant;
import java.util.Optional;

/**
 * One stage's part of the task document, and its transitions.
 *
 * @param lease the current claim; of an ended stage, the one that ended it
 * @param startedAt when the latest claim was made
 * @param completedAt when the stage completed or failed
 * @param run the run in which the stage completed: a redrive keeps it, and its events carry it
 */
public record StageState(
    StageStatus status,
    Optional<Lease> lease,
    StageHistory history,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Optional<Integer> run,
    Optional<StageOutput> output,
    Optional<StageError> error) {

  public static final StageState PENDING =
      new StageState(
          StageStatus.PENDING,
          Optional.empty(),
          StageHistory.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public StageState {
    requireNonNull(status, "status is null");
    requireNonNull(lease, "lease is null");
    requireNonNull(history, "history is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(completedAt, "completedAt is null");
    requireNonNull(run, "run is null");
    requireNonNull(output, "output is null");
    requireNonNull(error, "error is null");
  }

  public int attempts() {
    return history.attempts();
  }

  public Optional<String> lastError() {
    return history.lastError();
  }

  /** Whether somebody may be at work on it. */
  public boolean hasLiveLease(Instant now) {
    return status == StageStatus.RUNNING
        && lease.filter(claim -> now.isBefore(claim.until())).isPresent();
  }

  /** Whether this very claim still is the current one. */
  public boolean isHeldBy(String token) {
    return status == StageStatus.RUNNING
        && lease.filter(claim -> claim.token().equals(token)).isPresent();
  }

  /** How many claims in a row a claim made now would follow that ended without a result. */
  public int leaseExpiriesIfClaimedNow() {
    return status == StageStatus.RUNNING ? history.leaseExpiries() + 1 : history.leaseExpiries();
  }

  /** A claim on a running stage means that the claim before ended without a result. */
  public StageState claimed(Lease claim, Instant now) {
    return unended(
        StageStatus.RUNNING,
        Optional.of(claim),
        history.claimed(status == StageStatus.RUNNING),
        Optional.of(now));
  }

  /** After a transient failure. */
  public StageState released(String error) {
    return unended(StageStatus.PENDING, Optional.empty(), history.released(error), startedAt);
  }

  /** After an error that looks like a bug. */
  public StageState releasedAfterUnexpected(String error, Instant now) {
    return unended(
        StageStatus.PENDING,
        Optional.empty(),
        history.releasedAfterUnexpected(error, now),
        startedAt);
  }

  /** Its request was published again. */
  public StageState nudged() {
    return unended(status, lease, history.nudged(), startedAt);
  }

  /**
   * @param by the claim whose work this is, even if another one has followed
   */
  public StageState completed(Lease by, int run, StageOutput result, Instant now) {
    return new StageState(
        StageStatus.COMPLETED,
        Optional.of(by),
        history.completed(),
        startedAt,
        Optional.of(now),
        Optional.of(run),
        Optional.of(result),
        Optional.empty());
  }

  public StageState failed(StageError reason, Instant now) {
    return new StageState(
        StageStatus.FAILED,
        lease,
        history,
        startedAt,
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason));
  }

  private static StageState unended(
      StageStatus status,
      Optional<Lease> lease,
      StageHistory history,
      Optional<Instant> startedAt) {
    return new StageState(
        status,
        lease,
        history,
        startedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
