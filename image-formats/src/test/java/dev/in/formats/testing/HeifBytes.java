package dev.in.formats.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Writes the boxes of a HEIC file, without any pixels that would decode. */
public final class HeifBytes {
  private HeifBytes() {}

  public static byte[] box(String type, byte[]... content) {
    byte[] all = TestImages.concat(content);
    return ByteBuffer.allocate(8 + all.length)
        .putInt(8 + all.length)
        .put(type.getBytes(US_ASCII))
        .put(all)
        .array();
  }

  public static byte[] fullBox(String type, int version, byte[]... content) {
    return box(type, u8(version), new byte[3], TestImages.concat(content));
  }

  public static byte[] u8(int value) {
    return new byte[] {(byte) value};
  }

  public static byte[] u16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  public static byte[] u32(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  public static byte[] text(String value) {
    return value.getBytes(US_ASCII);
  }

  public static byte[] fileType() {
    return box("ftyp", text("heic"), u32(0), text("mif1"), text("heic"));
  }

  public static byte[] size(long width, long height) {
    return fullBox("ispe", 0, u32(width), u32(height));
  }

  /** The properties, and which of them (counted from 1) are item 1's. */
  public static byte[] properties(byte[] propertyBoxes, int... own) {
    byte[] indexes = new byte[own.length];
    for (int i = 0; i < own.length; i++) {
      indexes[i] = (byte) (0x80 | own[i]);
    }
    return box(
        "iprp",
        box("ipco", propertyBoxes),
        fullBox("ipma", 0, u32(1), u16(1), u8(own.length), indexes));
  }

  public static byte[] primary(int item) {
    return fullBox("pitm", 0, u16(item));
  }

  public static byte[] items(byte[]... entries) {
    return fullBox("iinf", 0, u16(entries.length), TestImages.concat(entries));
  }

  public static byte[] item(int id, String type, String nameAndMore) {
    return fullBox("infe", 2, u16(id), u16(0), text(type), text(nameAndMore));
  }

  /** Items with one piece each, by id, position and length. */
  public static byte[] locations(int... idAtLength) {
    byte[] entries = new byte[0];
    for (int i = 0; i < idAtLength.length; i += 3) {
      entries =
          TestImages.concat(
              entries,
              u16(idAtLength[i]),
              u16(0),
              u16(1),
              u32(idAtLength[i + 1]),
              u32(idAtLength[i + 2]));
    }
    return fullBox("iloc", 0, u16(0x4400), u16(idAtLength.length / 3), entries);
  }

  public static byte[] file(byte[]... metaBoxes) {
    return TestImages.concat(fileType(), fullBox("meta", 0, metaBoxes));
  }
}
