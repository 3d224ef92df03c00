package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The edge, or a function, refuses a request; repeating it would not help, or not before {@link
 * #retryAfter} is over.
 */
public final class EdgeRefusal extends Exception {
  private static final long serialVersionUID = 1;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;

  private final int status;
  private final String code;
  private final Optional<Duration> retryAfter;

  /**
   * @param status HTTP's, 400 to 499
   * @param detail for people
   */
  public EdgeRefusal(int status, String detail) {
    this(status, "", detail, Optional.empty());
  }

  private EdgeRefusal(int status, String code, String detail, Optional<Duration> retryAfter) {
    super(requireNonNull(detail, "detail is null"));
    this.status = status;
    this.code = requireNonNull(code, "code is null");
    this.retryAfter = requireNonNull(retryAfter, "retryAfter is null");
  }

  /**
   * A limit is used up.
   *
   * @param code of the problem
   * @param detail for people
   * @param retryAfter when there is more
   */
  static EdgeRefusal limitReached(String code, String detail, Duration retryAfter) {
    return new EdgeRefusal(TOO_MANY_REQUESTS, code, detail, Optional.of(retryAfter));
  }

  /** The code of the limit's problem; empty where the request is refused for another reason. */
  public Optional<String> limit() {
    return retryAfter.map(unused -> code);
  }

  /** For how long the same request is refused, where the edge says it. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Whether the edge does not know who calls: there is no token, or it is not valid. */
  public boolean unauthenticated() {
    return status == UNAUTHORIZED;
  }

  /** Whether the caller is not authorized. */
  public boolean unauthorized() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  public boolean tooLarge() {
    return status == TOO_LARGE;
  }
}
