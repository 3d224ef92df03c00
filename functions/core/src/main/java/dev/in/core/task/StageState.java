package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.stage.StageOutput;
import java.time.Instant;
import java.util.Optional;

/**
 * One stage's part of the task document, and its transitions.
 *
 * @param lease the current claim; of an ended stage, the one that ended it
 * @param attempts how many times the stage was claimed
 * @param crashes how many leases expired without a result
 * @param lastError message of the last transient failure
 * @param startedAt when the latest claim was made
 * @param completedAt when the stage completed or failed
 */
public record StageState(
    StageStatus status,
    Optional<Lease> lease,
    int attempts,
    int crashes,
    Optional<String> lastError,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Optional<StageOutput> output,
    Optional<StageError> error) {

  public static final StageState PENDING =
      new StageState(
          StageStatus.PENDING,
          Optional.empty(),
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public StageState {
    requireNonNull(status, "status is null");
    requireNonNull(lease, "lease is null");
    requireNonNull(lastError, "lastError is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(completedAt, "completedAt is null");
    requireNonNull(output, "output is null");
    requireNonNull(error, "error is null");
  }

  /** Claimed; a claim on a running stage means that its lease expired without a result. */
  public StageState claimed(Lease claim, Instant now) {
    return new StageState(
        StageStatus.RUNNING,
        Optional.of(claim),
        attempts + 1,
        crashesIfClaimedNow(),
        lastError,
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** How many crashes a claim made now would count. */
  public int crashesIfClaimedNow() {
    return status == StageStatus.RUNNING ? crashes + 1 : crashes;
  }

  /** The lease expired without a result, and nobody claims again. */
  public StageState crashed() {
    return new StageState(
        status,
        lease,
        attempts,
        crashesIfClaimedNow(),
        lastError,
        startedAt,
        completedAt,
        output,
        error);
  }

  /** Released after a transient failure. */
  public StageState released(String fault) {
    return new StageState(
        StageStatus.PENDING,
        Optional.empty(),
        attempts,
        crashes,
        Optional.of(fault),
        startedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public StageState completed(StageOutput result, Instant now) {
    return new StageState(
        StageStatus.COMPLETED,
        lease,
        attempts,
        crashes,
        lastError,
        startedAt,
        Optional.of(now),
        Optional.of(result),
        Optional.empty());
  }

  public StageState failed(StageError reason, Instant now) {
    return new StageState(
        StageStatus.FAILED,
        lease,
        attempts,
        crashes,
        lastError,
        startedAt,
        Optional.of(now),
        Optional.empty(),
        Optional.of(reason));
  }
}
