package dev.in.formats.heif;

import dev.in.formats.bytes.Cursor;
import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.heif.Boxes.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The items of a HEIC or AVIF file (ISO/IEC 23008-12): the primary image with its properties, and
 * where its metadata lies.
 */
public final class HeifItems {
  private static final String XMP = "application/rdf+xml";
  private static final int MAX_NAME_LENGTH = 256;

  private final ImageBytes file;
  private final List<Item> items = new ArrayList<>();
  private HeifLocations locations = HeifLocations.NONE;
  private HeifProperties properties = HeifProperties.NONE;

  private HeifItems(ImageBytes file) {
    this.file = file;
  }

  /**
   * @param contentType of a {@code mime} item; empty for others
   */
  private record Item(long id, String type, String contentType) {}

  /**
   * @throws UnreadableHeaderException if there is no list of items
   */
  public static HeifItems read(ImageBytes file) {
    HeifItems items = new HeifItems(file);
    Box meta =
        Boxes.first(Boxes.in(file, 0, file.length()), "meta")
            .orElseThrow(() -> new UnreadableHeaderException("there is no meta box"));
    items.read(Boxes.in(file, meta.at() + 4, meta.end()));
    return items;
  }

  private void read(List<Box> boxes) {
    Optional<Box> primary = Boxes.first(boxes, "pitm");
    Boxes.first(boxes, "iinf").ifPresent(this::readItems);
    long itemData = Boxes.first(boxes, "idat").map(Box::at).orElse(0L);
    locations =
        Boxes.first(boxes, "iloc")
            .map(box -> HeifLocations.read(file, box, itemData))
            .orElse(HeifLocations.NONE);
    if (primary.isPresent()) {
      Cursor cursor = new Cursor(file, primary.get().at());
      int version = version(cursor);
      long id = cursor.number(version == 0 ? 2 : 4);
      properties =
          Boxes.first(boxes, "iprp")
              .map(box -> HeifProperties.read(file, box, id))
              .orElse(HeifProperties.NONE);
    }
  }

  /**
   * The primary image's header: the size is that of the whole, not of one of its tiles, and the
   * orientation what the file's own properties ask viewers for. EXIF's does not count (ISO/IEC
   * 23000-22, 7.3.10.1).
   *
   * @throws UnreadableHeaderException if it has none
   */
  public ImageHeader header() {
    Box size =
        properties
            .first("ispe")
            .orElseThrow(() -> new UnreadableHeaderException("the primary item has no size"));
    Cursor cursor = new Cursor(file, size.at() + 4);
    long width = cursor.number(4);
    long height = cursor.number(4);
    Orientation orientation = HeifOrientation.of(file, properties.all());
    return ImageHeader.of(width, height, orientation, locations.reachBeyond(file));
  }

  /** The TIFF structure of the first Exif item. */
  public Optional<Slice> exif() {
    return bytesOf(item -> item.type().equals("Exif")).flatMap(this::tiffWithin);
  }

  /** The first XMP packet. */
  public Optional<Slice> xmp() {
    return bytesOf(item -> item.type().equals("mime") && item.contentType().equals(XMP));
  }

  /** The embedded ICC profile. */
  public Optional<Slice> colorProfile() {
    return properties.all().stream()
        .filter(box -> box.type().equals("colr") && box.end() - box.at() > 4)
        .filter(box -> List.of("prof", "rICC").contains(file.text(box.at(), 4)))
        .map(box -> new Slice(box.at() + 4, box.end() - box.at() - 4))
        .findFirst();
  }

  private Optional<Slice> bytesOf(Predicate<Item> wanted) {
    return items.stream()
        .filter(wanted)
        .flatMap(item -> locations.whole(item.id()).stream())
        .filter(slice -> slice.isWithin(file))
        .findFirst();
  }

  /** The item begins with the distance to the TIFF header, which not every writer gets right. */
  private Optional<Slice> tiffWithin(Slice item) {
    if (item.length() < 18) {
      return Optional.empty();
    }
    long stated = 4 + new Cursor(file, item.at()).number(4);
    for (long start : new long[] {stated, 4, 10}) {
      if (start <= item.length() - 8) {
        String magic = file.text(item.at() + start, 4);
        if (magic.equals("II*\0") || magic.equals("MM\0*")) {
          return Optional.of(item.from(start));
        }
      }
    }
    return Optional.empty();
  }

  private void readItems(Box box) {
    Cursor head = new Cursor(file, box.at());
    int version = version(head);
    head.skip(version == 0 ? 2 : 4);
    for (Box entry : Boxes.in(file, head.at(), box.end())) {
      if (entry.type().equals("infe")) {
        readItem(new Cursor(file, entry.at()));
      }
    }
  }

  private void readItem(Cursor cursor) {
    int version = version(cursor);
    if (version < 2) {
      return;
    }
    try {
      long id = cursor.number(version == 2 ? 2 : 4);
      cursor.skip(2);
      String type = cursor.text(4);
      boolean mime = type.equals("mime");
      if (mime) {
        cursor.terminated(MAX_NAME_LENGTH);
      }
      items.add(new Item(id, type, mime ? cursor.terminated(MAX_NAME_LENGTH) : ""));
    } catch (EndOfFileException e) {
      // The file was cut here; its size may be there all the same.
    }
  }

  /** Of a full box; its flags are skipped. */
  static int version(Cursor cursor) {
    int version = cursor.u8();
    cursor.skip(3);
    return version;
  }
}
