package dev.in.metadata;

import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keywords from IPTC, XMP and Windows' own tag, each once, in that order. */
final class Keywords {
  private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  private static final int MAX_KEYWORDS = 100;
  private static final int MAX_LENGTH = 64;

  private Keywords() {}

  static List<String> of(Metadata metadata) {
    return Stream.of(iptc(metadata), xmp(metadata), windows(metadata))
        .flatMap(List::stream)
        .map(keyword -> TagMapping.cleaned(keyword, MAX_LENGTH))
        .flatMap(Optional::stream)
        .distinct()
        .limit(MAX_KEYWORDS)
        .toList();
  }

  private static List<String> iptc(Metadata metadata) {
    return metadata.getDirectoriesOfType(IptcDirectory.class).stream()
        .map(directory -> directory.getStringArray(IptcDirectory.TAG_KEYWORDS))
        .filter(keywords -> keywords != null)
        .flatMap(Arrays::stream)
        .toList();
  }

  private static List<String> xmp(Metadata metadata) {
    List<String> keywords = new ArrayList<>();
    for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
      XMPMeta xmp = directory.getXMPMeta();
      try {
        int count = Math.min(xmp.countArrayItems(DUBLIN_CORE, "subject"), MAX_KEYWORDS);
        for (int i = 1; i <= count; i++) {
          keywords.add(xmp.getArrayItem(DUBLIN_CORE, "subject", i).getValue());
        }
      } catch (XMPException e) {
        // No list, so no keywords.
        continue;
      }
    }
    return keywords;
  }

  /** UTF-16, divided by semicolons. */
  private static List<String> windows(Metadata metadata) {
    return metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
        .map(directory -> directory.getByteArray(ExifDirectoryBase.TAG_WIN_KEYWORDS))
        .filter(bytes -> bytes != null)
        .flatMap(bytes -> Arrays.stream(new String(bytes, StandardCharsets.UTF_16LE).split(";")))
        .toList();
  }
}
