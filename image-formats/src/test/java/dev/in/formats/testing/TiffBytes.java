package dev.in.formats.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes a TIFF structure with a main, an Exif and a GPS directory, tag by tag. */
public final class TiffBytes {
  public static final int BYTE = 1;
  public static final int ASCII = 2;
  public static final int SHORT = 3;
  public static final int LONG = 4;
  public static final int RATIONAL = 5;
  public static final int UNDEFINED = 7;

  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int GPS_DIRECTORY = 0x8825;

  private record Value(int type, int count, byte[] bytes) {}

  private final ByteOrder order;
  private final Map<Integer, Value> main = new TreeMap<>();
  private final Map<Integer, Value> exif = new TreeMap<>();
  private final Map<Integer, Value> gps = new TreeMap<>();

  public TiffBytes() {
    this(ByteOrder.LITTLE_ENDIAN);
  }

  public TiffBytes(ByteOrder order) {
    this.order = order;
  }

  public TiffBytes main(int tag, int type, Object... values) {
    main.put(tag, value(type, values));
    return this;
  }

  public TiffBytes exif(int tag, int type, Object... values) {
    exif.put(tag, value(type, values));
    return this;
  }

  public TiffBytes gps(int tag, int type, Object... values) {
    gps.put(tag, value(type, values));
    return this;
  }

  /** A ratio is two values; text is one and gets its zero; bytes are an array. */
  private Value value(int type, Object... values) {
    if (values[0] instanceof byte[] bytes) {
      return new Value(type, bytes.length, bytes);
    }
    if (values[0] instanceof String text) {
      byte[] octets = (text + "\0").getBytes(StandardCharsets.UTF_8);
      return new Value(type, octets.length, octets);
    }
    int size = type == BYTE ? 1 : type == SHORT ? 2 : 4;
    ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
    for (Object value : values) {
      long number = ((Number) value).longValue();
      switch (size) {
        case 1 -> bytes.put((byte) number);
        case 2 -> bytes.putShort((short) number);
        default -> bytes.putInt((int) number);
      }
    }
    return new Value(type, type == RATIONAL ? values.length / 2 : values.length, bytes.array());
  }

  public byte[] build() {
    main.remove(EXIF_DIRECTORY);
    main.remove(GPS_DIRECTORY);
    if (!exif.isEmpty()) {
      main(EXIF_DIRECTORY, LONG, 0);
    }
    if (!gps.isEmpty()) {
      main(GPS_DIRECTORY, LONG, 0);
    }
    int exifAt = 8 + size(main);
    int gpsAt = exifAt + size(exif);
    main.computeIfPresent(EXIF_DIRECTORY, (tag, old) -> value(LONG, exifAt));
    main.computeIfPresent(GPS_DIRECTORY, (tag, old) -> value(LONG, gpsAt));
    ByteBuffer out = ByteBuffer.allocate(gpsAt + size(gps)).order(order);
    out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 42).putInt(8);
    write(out, main);
    write(out, exif);
    write(out, gps);
    return out.array();
  }

  private static int size(Map<Integer, Value> directory) {
    int values = directory.values().stream().mapToInt(TiffBytes::outside).sum();
    return directory.isEmpty() ? 0 : 2 + 12 * directory.size() + 4 + values;
  }

  /** Up to four bytes stand in the entry itself. */
  private static int outside(Value value) {
    int length = value.bytes.length;
    return length <= 4 ? 0 : length + length % 2;
  }

  private static void write(ByteBuffer out, Map<Integer, Value> directory) {
    if (directory.isEmpty()) {
      return;
    }
    int values = out.position() + 2 + 12 * directory.size() + 4;
    out.putShort((short) directory.size());
    for (Map.Entry<Integer, Value> entry : directory.entrySet()) {
      Value value = entry.getValue();
      out.putShort(entry.getKey().shortValue()).putShort((short) value.type).putInt(value.count);
      if (outside(value) == 0) {
        out.put(value.bytes).put(new byte[4 - value.bytes.length]);
      } else {
        out.putInt(values);
        out.put(values, value.bytes);
        values += outside(value);
      }
    }
    out.putInt(0).position(values);
  }

  /** A JPEG that carries it. */
  public byte[] inJpeg() {
    return JpegBytes.with(0xe1, "Exif\0\0", build());
  }
}
