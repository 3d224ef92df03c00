package dev.in.analysis.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the EXIF orientation in the places where each format keeps it. Whatever is broken counts as
 * no orientation: a bad tag must not cost the picture.
 */
final class OrientationTag {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int PNG_EXIF = 0x65584966;
  private static final int PNG_END = 0x49454E44;

  private OrientationTag() {}

  /** Reads IFD0 of a TIFF structure (TIFF 6.0, section 2), which is what EXIF data is. */
  static Orientation ofTiff(ByteBuffer data) {
    ByteBuffer tiff = data.slice();
    if (tiff.limit() < 8) {
      return Orientation.NORMAL;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > tiff.limit()) {
      return Orientation.NORMAL;
    }
    int entries = tiff.getShort((int) directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        return Orientation.NORMAL;
      }
      int at = (int) entry;
      if ((tiff.getShort(at) & 0xFFFF) == TAG && tiff.getShort(at + 2) == SHORT) {
        return Orientation.ofExif(tiff.getShort(at + 8));
      }
    }
    return Orientation.NORMAL;
  }

  /** Reads the {@code eXIf} chunk of a PNG (third edition, 11.3.4.5). */
  static Orientation ofPng(ByteBuffer data) {
    ByteBuffer png = data.duplicate().order(ByteOrder.BIG_ENDIAN);
    long at = 8;
    while (at + 12 <= png.limit()) {
      long length = png.getInt((int) at) & 0xFFFFFFFFL;
      int type = png.getInt((int) at + 4);
      if (type == PNG_EXIF) {
        return ofTiff(clipped(png, at + 8, length));
      }
      if (type == PNG_END) {
        return Orientation.NORMAL;
      }
      at += 12 + length;
    }
    return Orientation.NORMAL;
  }

  /** Reads the {@code EXIF} chunk of a WebP (RFC 9649, 2.7.1.5). */
  static Orientation ofWebp(ByteBuffer data) {
    return new WebpChunks(data)
        .find("EXIF")
        .map(OrientationTag::ofExifBlock)
        .orElse(Orientation.NORMAL);
  }

  /** Reads EXIF data that may begin with JPEG's {@code Exif\0\0}. */
  static Orientation ofExifBlock(ByteBuffer block) {
    boolean prefixed =
        block.limit() >= 6
            && block.get(0) == 'E'
            && block.get(1) == 'x'
            && block.get(2) == 'i'
            && block.get(3) == 'f';
    return ofTiff(prefixed ? block.slice(6, block.limit() - 6) : block);
  }

  private static ByteBuffer clipped(ByteBuffer data, long offset, long length) {
    int start = (int) Math.min(offset, data.limit());
    return data.slice(start, (int) Math.min(length, data.limit() - start));
  }
}
