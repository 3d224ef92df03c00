package dev.in.formats.bytes;

/**
 * A part of a file.
 *
 * @param at where it begins
 * @param length in bytes
 */
public record Slice(long at, long length) {
  public static Slice all(ImageBytes file) {
    return new Slice(0, file.length());
  }

  /** Whether all of it is there. */
  public boolean isWithin(ImageBytes file) {
    return at >= 0 && length >= 0 && at <= file.length() - length;
  }

  /** What is left of it after the first bytes. */
  public Slice from(long offset) {
    return new Slice(at + offset, length - offset);
  }
}
