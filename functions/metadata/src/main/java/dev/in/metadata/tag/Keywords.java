package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Keywords from IPTC, XMP and Windows' own tag, each once, in that order. */
final class Keywords {
  private static final int MOST = 100;
  private static final int MAX_LENGTH = 64;

  private Keywords() {}

  static List<String> of(IptcDatasets iptc, XmpPacket xmp, ExifTags exif) {
    return Stream.of(
            iptc.all(IptcDatasets.KEYWORD).stream(),
            xmp.all(XmpPacket.SUBJECT).stream(),
            exif.mainWindowsText(ExifDirectoryBase.TAG_WIN_KEYWORDS).stream()
                .flatMap(text -> Arrays.stream(text.split(";"))))
        .flatMap(keywords -> keywords)
        .flatMap(keyword -> Texts.clean(keyword, MAX_LENGTH).stream())
        .distinct()
        .limit(MOST)
        .toList();
  }
}
