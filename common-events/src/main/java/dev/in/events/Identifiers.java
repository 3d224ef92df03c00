package dev.in.events;

import java.util.regex.Pattern;

/** The forms of ids. A task id is a document id, a path segment and part of an object's name. */
public final class Identifiers {
  public static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  /** Firestore takes no document ids of this form. */
  private static final Pattern RESERVED = Pattern.compile("__.*__");

  public static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
  public static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** A UUID's text form (RFC 9562, section 4); Java alone would take shorter ones as well. */
  public static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Identifiers() {}

  public static void requireId(String field, String value) {
    require(ID, field, value);
    if (RESERVED.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " must not match " + RESERVED);
    }
  }

  public static void requireTraceId(String value) {
    require(TRACE_ID, "traceId", value);
  }

  public static void requireSha256(String value) {
    require(SHA256, "sha256", value);
  }

  private static void require(Pattern pattern, String field, String value) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " must match " + pattern + (value == null ? ", and is missing" : ""));
    }
  }
}
