package dev.in.emulator.storage.object;

/**
 * How large an upload may be, checked while it comes in.
 *
 * @param minimum in bytes
 * @param maximum in bytes, inclusive
 */
public record SizeLimits(long minimum, long maximum) {
  /** 5 TiB, the largest object of Cloud Storage. */
  public static final SizeLimits DEFAULT = new SizeLimits(0, 5L << 40);

  public void checkSoFar(long size) {
    if (size > maximum) {
      throw new StorageFailure(
          StorageFailure.Kind.TOO_LARGE,
          "Your proposed upload exceeds the maximum allowed object size of " + maximum + " bytes.");
    }
  }

  public void checkWhole(long size) {
    checkSoFar(size);
    if (size < minimum) {
      throw new StorageFailure(
          StorageFailure.Kind.TOO_SMALL,
          "Your proposed upload is smaller than the minimum allowed object size of "
              + minimum
              + " bytes.");
    }
  }
}
