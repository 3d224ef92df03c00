package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

/** The edge, or a function, refuses a request; repeating it would not help. */
public final class EdgeRefusal extends Exception {
  private static final long serialVersionUID = 1;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;

  private final int status;

  /**
   * @param status HTTP's, 400 to 499
   * @param detail for people
   */
  public EdgeRefusal(int status, String detail) {
    super(requireNonNull(detail, "detail is null"));
    this.status = status;
  }

  /** Whether the caller is not authorized. */
  public boolean unauthorized() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  public boolean tooLarge() {
    return status == TOO_LARGE;
  }
}
