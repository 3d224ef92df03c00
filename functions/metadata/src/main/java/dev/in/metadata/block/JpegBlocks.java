package dev.in.metadata.block;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.jpeg.JpegSegments;
import dev.in.formats.jpeg.JpegSegments.Segment;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The application segments of a JPEG file, recognised by the characters that they begin with. */
final class JpegBlocks {
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP13 = 0xed;
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String ICC = "ICC_PROFILE\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final int MAX_PHOTOSHOP_PARTS = 64;

  private final ImageBytes file;
  private final List<Slice> photoshop = new ArrayList<>();
  private final SortedMap<Integer, Slice> iccParts = new TreeMap<>();
  private Optional<Slice> exif = Optional.empty();
  private Optional<byte[]> xmp = Optional.empty();

  JpegBlocks(ImageBytes file) {
    this.file = file;
  }

  Blocks find() {
    try {
      JpegSegments segments = new JpegSegments(file);
      for (var next = segments.next(); next.isPresent(); next = segments.next()) {
        take(next.get());
      }
    } catch (EndOfFileException e) {
      // What was found before the cut counts.
    }
    Optional<byte[]> iptc = joined(photoshop).flatMap(PhotoshopResources::iptc);
    return new Blocks(exif, iptc, xmp, joined(iccWithoutGap()));
  }

  private void take(Segment segment) {
    switch (segment.marker()) {
      case APP1 -> {
        exif = exif.or(() -> segment.exif(file));
        if (xmp.isEmpty() && segment.startsWith(file, XMP)) {
          xmp = BlockFinder.bytes(file, segment.contentFrom(XMP.length()));
        }
      }
      case APP2 -> {
        // A profile is spread over segments that are numbered from 1, the number's total behind.
        if (segment.startsWith(file, ICC) && segment.length() > ICC.length() + 2) {
          iccParts.putIfAbsent(
              file.u8(segment.at() + ICC.length()), segment.contentFrom(ICC.length() + 2));
        }
      }
      case APP13 -> {
        if (segment.startsWith(file, PHOTOSHOP) && photoshop.size() < MAX_PHOTOSHOP_PARTS) {
          photoshop.add(segment.contentFrom(PHOTOSHOP.length()));
        }
      }
      default -> {}
    }
  }

  private List<Slice> iccWithoutGap() {
    return IntStream.iterate(1, iccParts::containsKey, number -> number + 1)
        .mapToObj(iccParts::get)
        .toList();
  }

  /** As many as a block may have bytes. */
  private Optional<byte[]> joined(List<Slice> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(64 << 10);
    for (Slice part : parts) {
      if (part.length() > Blocks.MAX_BYTES - all.size()) {
        break;
      }
      BlockFinder.bytes(file, part).ifPresent(all::writeBytes);
    }
    return all.size() == 0 ? Optional.empty() : Optional.of(all.toByteArray());
  }
}
