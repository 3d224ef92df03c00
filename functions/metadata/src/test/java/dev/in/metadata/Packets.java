package dev.in.metadata;

import dev.in.formats.testing.JpegBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JPEG files with XMP packets or IPTC datasets. */
final class Packets {
  private static final int APP1 = 0xe1;
  private static final int APP13 = 0xed;

  private Packets() {}

  /** A file whose packet has these properties. */
  static byte[] xmp(String properties) {
    return xmpOf(packet(properties));
  }

  static byte[] xmpOf(String packet) {
    return JpegBytes.with(
        APP1, "http://ns.adobe.com/xap/1.0/\0", packet.getBytes(StandardCharsets.UTF_8));
  }

  static String packet(String properties) {
    return packet("", properties);
  }

  static String packet(String attributes, String properties) {
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        + "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        + " xmlns:xmp='http://ns.adobe.com/xap/1.0/'"
        + " xmlns:iptc='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' "
        + attributes
        + ">"
        + properties
        + "</rdf:Description></rdf:RDF></x:xmpmeta>";
  }

  /** A file whose datasets these are. */
  static byte[] iptc(byte[] datasets) {
    return JpegBytes.with(APP13, "Photoshop 3.0\0", resource(0x0404, "", datasets));
  }

  /** A dataset of record 2. */
  static byte[] dataset(int number, byte[] value) {
    return ByteBuffer.allocate(5 + value.length)
        .put(new byte[] {0x1c, 2, (byte) number})
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  /** A resource of Photoshop's. */
  static byte[] resource(int id, String name, byte[] content) {
    int named = 1 + name.length() + (name.length() + 1) % 2;
    return ByteBuffer.allocate(10 + named + content.length + content.length % 2)
        .put("8BIM".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) id)
        .put((byte) name.length())
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .position(6 + named)
        .putInt(content.length)
        .put(content)
        .array();
  }
}
