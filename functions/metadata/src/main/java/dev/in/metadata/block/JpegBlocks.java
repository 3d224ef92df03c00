package dev.in.metadata.block;

import dev.in.metadata.header.JpegSegments;
import dev.in.metadata.header.JpegSegments.Segment;
import dev.in.metadata.header.PictureFile;
import dev.in.metadata.header.PictureFile.EndOfFile;
import dev.in.metadata.header.Slice;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The application segments of a JPEG file, told by the characters that they begin with. */
final class JpegBlocks {
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP13 = 0xed;
  private static final String EXIF = "Exif\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String ICC = "ICC_PROFILE\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final int MOST_PHOTOSHOP_PARTS = 64;

  private final PictureFile file;
  private final List<Slice> photoshop = new ArrayList<>();
  private final SortedMap<Integer, Slice> iccParts = new TreeMap<>();
  private Optional<Slice> exif = Optional.empty();
  private Optional<byte[]> xmp = Optional.empty();

  JpegBlocks(PictureFile file) {
    this.file = file;
  }

  Blocks find() {
    try {
      JpegSegments segments = new JpegSegments(file);
      for (var next = segments.next(); next.isPresent(); next = segments.next()) {
        take(next.get());
      }
    } catch (EndOfFile e) {
      // What was found before the cut counts.
    }
    Optional<byte[]> iptc = joined(photoshop).flatMap(PhotoshopResources::iptc);
    return new Blocks(exif, iptc, xmp, joined(iccWithoutGap()), Optional.empty());
  }

  private void take(Segment segment) {
    switch (segment.marker()) {
      case APP1 -> {
        if (exif.isEmpty() && segment.startsWith(file, EXIF)) {
          // A byte of padding follows.
          exif = Optional.of(content(segment, EXIF.length() + 1));
        } else if (xmp.isEmpty() && segment.startsWith(file, XMP)) {
          xmp = BlockFinder.bytes(file, content(segment, XMP.length()));
        }
      }
      case APP2 -> {
        // A profile is spread over segments that are numbered from 1, the number's total behind.
        if (segment.startsWith(file, ICC) && segment.length() > ICC.length() + 2) {
          iccParts.putIfAbsent(
              file.u8(segment.at() + ICC.length()), content(segment, ICC.length() + 2));
        }
      }
      case APP13 -> {
        if (segment.startsWith(file, PHOTOSHOP) && photoshop.size() < MOST_PHOTOSHOP_PARTS) {
          photoshop.add(content(segment, PHOTOSHOP.length()));
        }
      }
      default -> {}
    }
  }

  private static Slice content(Segment segment, int behind) {
    return new Slice(segment.at() + behind, Math.max(0, segment.length() - behind));
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
