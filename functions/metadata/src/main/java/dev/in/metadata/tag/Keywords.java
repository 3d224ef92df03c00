package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keywords from IPTC, XMP and Windows' own tag, each once, in that order. */
final class Keywords {
  private static final int MOST = 100;
  private static final int MAX_LENGTH = 64;

  private Keywords() {}

  static List<String> of(Optional<byte[]> iptc, Optional<byte[]> xmp, ExifTags exif) {
    return Stream.of(
            iptc.stream().flatMap(datasets -> IptcKeywords.of(datasets, MOST).stream()),
            xmp.stream().flatMap(packet -> XmpKeywords.of(packet, MOST).stream()),
            exif.mainBytes(ExifDirectoryBase.TAG_WIN_KEYWORDS).stream().flatMap(Keywords::windows))
        .flatMap(keywords -> keywords)
        .flatMap(keyword -> Texts.clean(keyword, MAX_LENGTH).stream())
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** UTF-16, divided by semicolons. */
  private static Stream<String> windows(byte[] value) {
    return Arrays.stream(new String(value, StandardCharsets.UTF_16LE).split(";"));
  }
}
