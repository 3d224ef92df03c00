package dev.in.metadata.header;

import dev.in.metadata.header.PictureFile.EndOfFile;

/** Reads on from a position of a file, big-endian. */
final class Cursor {
  private final PictureFile file;
  private long at;

  Cursor(PictureFile file, long at) {
    this.file = file;
    this.at = at;
  }

  long at() {
    return at;
  }

  void skip(int bytes) {
    at += bytes;
  }

  int u8() {
    return file.u8(at++);
  }

  int u16() {
    return u8() << 8 | u8();
  }

  /** Of up to eight bytes; none is 0. A value beyond a long's reach ends the file. */
  long number(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | u8();
    }
    if (value < 0) {
      throw new EndOfFile();
    }
    return value;
  }

  String text(int bytes) {
    String text = file.text(at, bytes);
    at += bytes;
    return text;
  }

  /** Up to a zero byte, which is passed, or the longest that is of interest. */
  String terminated(int longest) {
    StringBuilder text = new StringBuilder();
    for (int octet = u8(); octet != 0 && text.length() < longest; octet = u8()) {
      text.append((char) octet);
    }
    return text.toString();
  }
}
