package dev.in.metadata.header;

/**
 * A stretch of a file.
 *
 * @param at where it begins
 * @param length in bytes
 */
public record Slice(long at, long length) {
  /** Whether all of it is there. */
  public boolean isWithin(PictureFile file) {
    return at >= 0 && length >= 0 && at <= file.length() - length;
  }

  /** What is left of it behind the first bytes. */
  public Slice from(long offset) {
    return new Slice(at + offset, length - offset);
  }
}
