package dev.in.metadata.tag;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The keywords of an XMP packet (ISO 16684-1): {@code rdf:li} within {@code dc:subject}. The parser
 * knows no document types, so there are no entities to be fetched or multiplied.
 */
final class XmpKeywords {
  private static final QName SUBJECT = new QName("http://purl.org/dc/elements/1.1/", "subject");
  private static final QName ITEM = new QName("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "li");
  private static final int MAX_LENGTH = 1_000;

  private static final XMLInputFactory FACTORY = factory();

  private XmpKeywords() {}

  /** Those before the packet breaks off, if it does. */
  static List<String> of(byte[] packet, int most) {
    List<String> keywords = new ArrayList<>();
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text(packet)));
      boolean inSubject = false;
      while (reader.hasNext() && keywords.size() < most) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (reader.getName().equals(SUBJECT)) {
              inSubject = true;
            } else if (inSubject && reader.getName().equals(ITEM)) {
              keywords.add(text(reader));
            }
          }
          case XMLStreamConstants.END_ELEMENT ->
              inSubject = inSubject && !reader.getName().equals(SUBJECT);
          default -> {}
        }
      }
    } catch (XMLStreamException | RuntimeException e) {
      // The parser stumbles over some broken packets in other ways than it promises.
      return keywords;
    }
    return keywords;
  }

  /** UTF-8, or UTF-16 as its first two bytes say; damaged characters do not matter. */
  private static String text(byte[] packet) {
    boolean wide =
        packet.length > 1
            && (packet[0] == 0 || packet[1] == 0 || (packet[0] & packet[1] & 0xfe) == 0xfe);
    String text = new String(packet, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    int start = text.indexOf('<');
    return start < 0 ? "" : text.substring(start);
  }

  /** Up to the element's end, whatever is within. */
  private static String text(XMLStreamReader reader) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() < MAX_LENGTH) {
            text.append(reader.getText());
          }
        }
        default -> {}
      }
    }
    return text.toString();
  }

  /** The Java runtime's own, whatever else lies on the class path. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }
}
