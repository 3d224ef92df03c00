package dev.in.events;

import java.util.regex.Pattern;

/** The forms of ids, and of days. */
public final class Identifiers {
  /** Document ids like {@code __name__} are reserved by Firestore. */
  public static final Pattern TASK_ID = Pattern.compile("(?!__.*__$)[A-Za-z0-9_-]{16,64}");

  /** Of an upload. */
  public static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  public static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
  public static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Of a calendar, as in {@code 2026-11-26}. */
  public static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** A UUID's text form (RFC 9562, section 4); Java alone would take shorter ones as well. */
  public static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Identifiers() {}

  /** A task id is a document id, a path segment and part of an object's name. */
  public static void requireTaskId(String value) {
    require(TASK_ID, "taskId", value);
  }

  public static void requireId(String field, String value) {
    require(ID, field, value);
  }

  public static void requireTraceId(String value) {
    require(TRACE_ID, "traceId", value);
  }

  public static void requireSha256(String value) {
    require(SHA256, "sha256", value);
  }

  public static void requireDay(String value) {
    require(DAY, "day", value);
  }

  private static void require(Pattern pattern, String field, String value) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " must match " + pattern + (value == null ? ", and is missing" : ""));
    }
  }
}
