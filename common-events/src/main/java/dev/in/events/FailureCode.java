package dev.in.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why a task failed, as a code that programs can act on. An open set on the wire: readers must
 * expect codes they do not know.
 */
public record FailureCode(@JsonValue String value) {
  /** The address may not be fetched: private, loopback, metadata, a forbidden scheme or port. */
  public static final FailureCode SOURCE_FORBIDDEN = new FailureCode("source_forbidden");

  /** The user's host did not answer, not in time, or not with an image's bytes. */
  public static final FailureCode SOURCE_UNREACHABLE = new FailureCode("source_unreachable");

  /** The user's host, or the uploads folder, has no such object. */
  public static final FailureCode SOURCE_NOT_FOUND = new FailureCode("source_not_found");

  public static final FailureCode SOURCE_TOO_LARGE = new FailureCode("source_too_large");

  /** The bytes are of no image format that iN takes, whatever their name says. */
  public static final FailureCode UNSUPPORTED_TYPE = new FailureCode("unsupported_type");

  /** An image without a readable header. */
  public static final FailureCode CORRUPT_IMAGE = new FailureCode("corrupt_image");

  public static final FailureCode TOO_MANY_PIXELS = new FailureCode("too_many_pixels");

  /** The analysis provider refuses this image for good. */
  public static final FailureCode ANALYSIS_REJECTED = new FailureCode("analysis_rejected");

  /** The work ended its process again and again, also when it ran alone. */
  public static final FailureCode ATTEMPTS_EXHAUSTED = new FailureCode("attempts_exhausted");

  /** The task did not end before its deadline. */
  public static final FailureCode TIMED_OUT = new FailureCode("timed_out");

  /** The owner cancelled the task. */
  public static final FailureCode CANCELLED = new FailureCode("cancelled");

  /** An error of iN's own. */
  public static final FailureCode INTERNAL = new FailureCode("internal");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FailureCode {
    requireNonNull(value, "code is null");
  }

  @Override
  public String toString() {
    return value;
  }
}
