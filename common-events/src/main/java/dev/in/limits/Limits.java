package dev.in.limits;

/**
 * Limits that several parts of iN share, stated once. The edge's TypeScript is generated from them
 * by way of {@code limits.json}; a test holds the documentation's and the failures' sentences to
 * them. Durations are among the clocks of {@code topology.yaml}.
 */
public final class Limits {
  /** Bytes of one image, uploaded or downloaded. In texts: 50 MB. */
  public static final int MAX_IMAGE_BYTES = 50 * 1024 * 1024;

  /** Larger images cannot be decoded in the memory that a function has. */
  public static final int MAX_PIXELS = 100_000_000;

  /** A progressive JPEG is held whole, at about four bytes a pixel, however it is decoded. */
  public static final int MAX_PROGRESSIVE_PIXELS = 50_000_000;

  /** UTF-8 bytes of a task's whole result as JSON. */
  public static final int MAX_RESULT_BYTES = 64 * 1024;

  /** UTF-8 bytes of recognised text: a result holds each line twice; a page has about 3,000. */
  public static final int MAX_TEXT_BYTES = 10_000;

  public static final int MAX_TEXT_LINES = 150;
  public static final int MAX_COLORS = 10;
  public static final int MAX_LABELS = 50;

  /** Of objects, and again of faces. */
  public static final int MAX_DETECTIONS = 100;

  /** What the provider of analyses charges for each feature of an image, in its units. */
  public static final int UNITS_PER_FEATURE = 1;

  private Limits() {}
}
