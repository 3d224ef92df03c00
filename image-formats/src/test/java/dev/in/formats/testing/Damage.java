package dev.in.formats.testing;

import java.util.Random;

/** Damages files, the same way for the same seed. */
public final class Damage {
  private final Random random;

  public Damage(long seed) {
    this.random = new Random(seed);
  }

  /** A copy with up to eight other bytes. */
  public byte[] of(byte[] file) {
    byte[] damaged = file.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] = interesting();
    }
    return damaged;
  }

  /** Lengths and counts break at their ends more than anywhere. */
  private byte interesting() {
    byte[] ends = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    return random.nextBoolean() ? ends[random.nextInt(ends.length)] : (byte) random.nextInt();
  }
}
