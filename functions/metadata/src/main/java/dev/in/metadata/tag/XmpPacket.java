package dev.in.metadata.tag;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Some properties of an XMP packet (ISO 16684-1), each as an element or as an attribute. What an
 * image's ingredients say stands deeper and does not count. The parser knows no document types, so
 * there are no entities to be fetched or multiplied.
 */
final class XmpPacket {
  static final QName SUBJECT = dublinCore("subject");
  static final QName TITLE = dublinCore("title");
  static final QName DESCRIPTION = dublinCore("description");
  static final QName CREATOR = dublinCore("creator");
  static final QName RIGHTS = dublinCore("rights");
  static final QName RATING = new QName("http://ns.adobe.com/xap/1.0/", "Rating");
  static final QName DIGITAL_SOURCE_TYPE =
      new QName("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType");

  static final XmpPacket NONE = new XmpPacket();

  private static final Set<QName> PROPERTIES =
      Set.of(SUBJECT, TITLE, DESCRIPTION, CREATOR, RIGHTS, RATING, DIGITAL_SOURCE_TYPE);
  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final QName ROOT = new QName(RDF, "RDF");
  private static final QName NODE = new QName(RDF, "Description");
  private static final QName ITEM = new QName(RDF, "li");
  private static final String ANY_LANGUAGE = "x-default";
  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_VALUES = 100;

  private static final XMLInputFactory FACTORY = factory();

  private final Map<QName, List<String>> values = new HashMap<>();

  private XmpPacket() {}

  /** What stands before the packet breaks off, if it does. */
  static XmpPacket of(byte[] bytes) {
    XmpPacket packet = new XmpPacket();
    try {
      packet.read(FACTORY.createXMLStreamReader(new StringReader(text(bytes))));
    } catch (XMLStreamException | RuntimeException e) {
      // The parser stumbles over some broken packets in other ways than it promises.
      return packet;
    }
    return packet;
  }

  /** All values; of a text in several languages the default one first. */
  List<String> all(QName property) {
    return values.getOrDefault(property, List.of());
  }

  Optional<String> first(QName property) {
    return all(property).stream().findFirst();
  }

  private void read(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getName().equals(ROOT)) {
        while (hasChild(reader)) {
          if (reader.getName().equals(NODE)) {
            readNode(reader);
          } else {
            skip(reader);
          }
        }
      }
    }
  }

  private void readNode(XMLStreamReader reader) throws XMLStreamException {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (PROPERTIES.contains(reader.getAttributeName(i))) {
        add(reader.getAttributeName(i), reader.getAttributeValue(i));
      }
    }
    while (hasChild(reader)) {
      if (PROPERTIES.contains(reader.getName())) {
        readProperty(reader);
      } else {
        skip(reader);
      }
    }
  }

  /** A text, a resource, or items within a list of whatever kind. */
  private void readProperty(XMLStreamReader reader) throws XMLStreamException {
    QName property = reader.getName();
    String resource = reader.getAttributeValue(RDF, "resource");
    if (resource != null) {
      add(property, resource);
    }
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (reader.getName().equals(ITEM)) {
            readItem(property, reader);
          } else {
            depth++;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth == 1) {
            append(text, reader);
          }
        }
        default -> {}
      }
    }
    if (!text.toString().isBlank()) {
      add(property, text.toString());
    }
  }

  private void readItem(QName property, XMLStreamReader reader) throws XMLStreamException {
    String language = reader.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(text, reader);
        default -> {}
      }
    }
    add(property, text.toString());
    if (ANY_LANGUAGE.equals(language)) {
      List<String> list = values.get(property);
      list.addFirst(list.removeLast());
    }
  }

  private void add(QName property, String value) {
    List<String> list = values.computeIfAbsent(property, unused -> new ArrayList<>());
    if (list.size() < MAX_VALUES) {
      list.add(value);
    }
  }

  private static void append(StringBuilder text, XMLStreamReader reader) {
    if (text.length() < MAX_LENGTH) {
      text.append(reader.getText());
    }
  }

  /** Goes to the start of the next child, if there is one before the element's end. */
  private static boolean hasChild(XMLStreamReader reader) throws XMLStreamException {
    int event = reader.next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      event = reader.next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  private static void skip(XMLStreamReader reader) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
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

  private static QName dublinCore(String name) {
    return new QName("http://purl.org/dc/elements/1.1/", name);
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
