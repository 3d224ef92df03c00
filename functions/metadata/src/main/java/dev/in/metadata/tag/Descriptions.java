package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import dev.in.result.Description;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people wrote into the file: of XMP, IPTC and EXIF the first that has a value. */
final class Descriptions {
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_CREATORS = 10;
  private static final String SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";

  private Descriptions() {}

  static Optional<Description> of(IptcDatasets iptc, XmpPacket xmp, ExifTags exif) {
    Description description =
        new Description(
            text(
                MAX_TITLE,
                xmp.first(XmpPacket.TITLE),
                iptc.first(IptcDatasets.OBJECT_NAME),
                exif.mainWindowsText(ExifDirectoryBase.TAG_WIN_TITLE)),
            text(
                MAX_TEXT,
                xmp.first(XmpPacket.DESCRIPTION),
                iptc.first(IptcDatasets.CAPTION),
                exif.mainText(ExifDirectoryBase.TAG_IMAGE_DESCRIPTION)),
            creators(
                xmp.all(XmpPacket.CREATOR),
                iptc.all(IptcDatasets.BY_LINE),
                exif.mainText(ExifDirectoryBase.TAG_ARTIST).stream()
                    .flatMap(text -> Arrays.stream(text.split(";")))
                    .toList()),
            text(
                MAX_TEXT,
                xmp.first(XmpPacket.RIGHTS),
                iptc.first(IptcDatasets.COPYRIGHT_NOTICE),
                exif.mainText(ExifDirectoryBase.TAG_COPYRIGHT)),
            rating(xmp, exif),
            xmp.first(XmpPacket.DIGITAL_SOURCE_TYPE).flatMap(Descriptions::sourceType));
    return Optional.of(description).filter(one -> !one.isEmpty());
  }

  /** The first that is not blank. */
  @SafeVarargs
  private static Optional<String> text(int maxLength, Optional<String>... sources) {
    return Arrays.stream(sources)
        .flatMap(Optional::stream)
        .flatMap(text -> Texts.clean(text, maxLength).stream())
        .findFirst();
  }

  @SafeVarargs
  private static List<String> creators(List<String>... sources) {
    return Arrays.stream(sources)
        .map(
            names ->
                names.stream()
                    .flatMap(name -> Texts.clean(name, MAX_TITLE).stream())
                    .distinct()
                    .limit(MAX_CREATORS)
                    .toList())
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Optional<Integer> rating(XmpPacket xmp, ExifTags exif) {
    return Stream.concat(
            xmp.first(XmpPacket.RATING).flatMap(Descriptions::number).stream(),
            exif.mainNumber(ExifDirectoryBase.TAG_RATING).stream())
        .filter(stars -> stars >= -1 && stars <= 5)
        .map(stars -> (int) Math.floor(stars))
        .findFirst();
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The term alone, of that vocabulary alone. */
  private static Optional<String> sourceType(String uri) {
    return Optional.of(uri.strip().replaceFirst("^https:", "http:"))
        .filter(known -> known.startsWith(SOURCE_TYPES))
        .map(known -> known.substring(SOURCE_TYPES.length()))
        .filter(term -> term.matches("[A-Za-z]{1,64}"));
  }
}
