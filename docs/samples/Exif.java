import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Writes the EXIF block that a camera would: a small TIFF file (TIFF 6.0, section 2; Exif 2.32,
 * section 4.6) in a JPEG's APP1 segment, which comes first after the start of the image.
 */
final class Exif {
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int HEADER_BYTES = 8;

  private Exif() {}

  /** A directory: entries by tag, each made once it is known where its value may lie. */
  static final class Directory {
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    Directory text(int tag, String value) {
      byte[] bytes = (value + "\0").getBytes(StandardCharsets.US_ASCII);
      return put(tag, ASCII, bytes.length, bytes);
    }

    Directory number(int tag, int value) {
      return put(tag, SHORT, 1, buffer(2).putShort((short) value).array());
    }

    /** Numerators and denominators in turn. */
    Directory rationals(int tag, int... values) {
      ByteBuffer bytes = buffer(4 * values.length);
      for (int value : values) {
        bytes.putInt(value);
      }
      return put(tag, RATIONAL, values.length / 2, bytes.array());
    }

    Directory directory(int tag, Directory child) {
      entries.put(tag, new Entry(LONG, 1, child::write, true));
      return this;
    }

    private Directory put(int tag, int type, int count, byte[] value) {
      entries.put(tag, new Entry(type, count, unused -> value, false));
      return this;
    }

    private byte[] write(int start) {
      int tableBytes = 2 + 12 * entries.size() + 4;
      ByteBuffer table = buffer(tableBytes).putShort((short) entries.size());
      ByteArrayOutputStream beyond = new ByteArrayOutputStream();
      entries.forEach(
          (tag, entry) -> {
            int place = start + tableBytes + beyond.size();
            byte[] value = entry.value().apply(place);
            table.putShort((short) (int) tag).putShort((short) entry.type()).putInt(entry.count());
            if (!entry.elsewhere() && value.length <= 4) {
              table.put(value).position(table.position() + 4 - value.length);
            } else {
              table.putInt(place);
              beyond.writeBytes(value);
              // Values begin at even places.
              if (value.length % 2 == 1) {
                beyond.write(0);
              }
            }
          });
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(table.array());
      all.writeBytes(beyond.toByteArray());
      return all.toByteArray();
    }
  }

  private record Entry(int type, int count, IntFunction<byte[]> value, boolean elsewhere) {}

  /** The same JPEG with that directory as its first. */
  static byte[] into(byte[] jpeg, Directory first) {
    byte[] directories = first.write(HEADER_BYTES);
    int length = 2 + 6 + HEADER_BYTES + directories.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    out.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer header = buffer(HEADER_BYTES).put((byte) 'I').put((byte) 'I');
    out.writeBytes(header.putShort((short) 42).putInt(HEADER_BYTES).array());
    out.writeBytes(directories);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
