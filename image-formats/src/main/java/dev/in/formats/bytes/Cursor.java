package dev.in.formats.bytes;

/** Reads on from a position of a file, big-endian. */
public final class Cursor {
  private final ImageBytes file;
  private long at;

  public Cursor(ImageBytes file, long at) {
    this.file = file;
    this.at = at;
  }

  public long at() {
    return at;
  }

  public void skip(int bytes) {
    at += bytes;
  }

  public int u8() {
    return file.u8(at++);
  }

  public int u16() {
    return u8() << 8 | u8();
  }

  /** Of up to eight bytes; none is 0. A value beyond a long's range is beyond the file as well. */
  public long number(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | u8();
    }
    return ImageBytes.nonNegative(value);
  }

  public String text(int bytes) {
    String text = file.text(at, bytes);
    at += bytes;
    return text;
  }

  /** Up to a zero byte, which is skipped, or the most that is of interest. */
  public String terminated(int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int octet = u8(); octet != 0 && text.length() < maxLength; octet = u8()) {
      text.append((char) octet);
    }
    return text.toString();
  }
}
