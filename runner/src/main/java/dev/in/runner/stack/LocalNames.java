package dev.in.runner.stack;

import java.util.List;

/** What things are called in the local cloud; design and documentation name them too. */
public final class LocalNames {
  public static final String PROJECT = "in-local";
  public static final String BUCKET = "in-local-images";

  /** Collections with a TTL policy, and its field, as in production. */
  static final List<String> TTL_FIELDS =
      List.of(
          "tasks=expiresAt",
          "deadLetters=expiresAt",
          "operations=expiresAt",
          "history=expiresAt",
          "statistics=expiresAt");

  /** The audiences of Pub/Sub's push tokens: fixed strings, since ports change. */
  public static final PushAudience PUSH_AUDIENCE = new PushAudience("in-local-push");

  /** The audience of sync's tokens for the edge: fixed for the same reason. */
  static final String EDGE_AUDIENCE = "in-local-edge";

  /** The account in whose name Pub/Sub pushes. */
  static final String PUSH_ACCOUNT = account("push");

  /** The account that operators impersonate. */
  public static final String OPERATOR_ACCOUNT = account("operator");

  private LocalNames() {}

  /** A service account's email. */
  static String account(String name) {
    return name + "@" + PROJECT + ".iam.gserviceaccount.com";
  }
}
