package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeywordsTest {
  private static final int APP1 = 0xe1;
  private static final int APP13 = 0xed;
  private static final int WINDOWS_KEYWORDS = 0x9c9e;

  @Test
  void iptcKeywordsAreReadInUtf8OrElseLatin1() {
    byte[] datasets =
        TestImages.concat(
            Packets.dataset(25, "boat".getBytes(StandardCharsets.UTF_8)),
            Packets.dataset(120, "a caption".getBytes(StandardCharsets.UTF_8)),
            Packets.dataset(25, "Küste".getBytes(StandardCharsets.UTF_8)),
            Packets.dataset(25, "Höhe".getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(keywords(Packets.iptc(datasets))).containsExactly("boat", "Küste", "Höhe");
  }

  @Test
  void iptcBehindOtherPhotoshopResourcesIsFound() {
    byte[] other = Packets.resource(0x03ed, "odd", new byte[17]);
    byte[] jpeg =
        JpegBytes.with(
            APP13,
            "Photoshop 3.0\0",
            TestImages.concat(
                other, Packets.resource(0x0404, "", Packets.dataset(25, "boat".getBytes()))));

    assertThat(keywords(jpeg)).containsExactly("boat");
  }

  @Test
  void xmpKeywordsAreReadFromTheSubjectAlone() {
    assertThat(
            keywords(
                Packets.xmp(
                    "<dc:title><rdf:Alt><rdf:li>title</rdf:li></rdf:Alt></dc:title>"
                        + "<dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li xml:lang='de'>"
                        + "Küste &amp; Meer</rdf:li></rdf:Bag></dc:subject>"
                        + "<dc:rights><rdf:Alt><rdf:li>mine</rdf:li></rdf:Alt></dc:rights>")))
        .containsExactly("boat", "Küste & Meer");
  }

  @Test
  void xmpInUtf16IsRead() {
    byte[] packet =
        Packets.packet("<dc:subject><rdf:Bag><rdf:li>Küste</rdf:li></rdf:Bag></dc:subject>")
            .getBytes(StandardCharsets.UTF_16);

    assertThat(keywords(JpegBytes.with(APP1, "http://ns.adobe.com/xap/1.0/\0", packet)))
        .containsExactly("Küste");
  }

  @Test
  void windowsKeywordsAreDividedBySemicolons() {
    byte[] value = "boat; sail ;;Küste\0".getBytes(StandardCharsets.UTF_16LE);

    assertThat(keywords(new TiffBytes().main(WINDOWS_KEYWORDS, TiffBytes.BYTE, value).inJpeg()))
        .containsExactly("boat", "sail", "Küste");
  }

  @Test
  void eachKeywordIsNamedOnce() {
    byte[] jpeg =
        Packets.iptc(
            TestImages.concat(
                Packets.dataset(25, "boat".getBytes()), Packets.dataset(25, " boat ".getBytes())));

    assertThat(keywords(jpeg)).containsExactly("boat");
  }

  @Test
  void aHundredKeywordsAreEnough() {
    byte[] many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Packets.dataset(25, ("k" + i).getBytes()))
            .reduce(new byte[0], TestImages::concat);

    assertThat(keywords(Packets.iptc(many)))
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "k" + i).toList());
  }

  @Test
  void aKeywordIsBounded() {
    assertThat(keywords(Packets.iptc(Packets.dataset(25, "x".repeat(500).getBytes()))))
        .containsExactly("x".repeat(64));
  }

  @Test
  void xmpThatBreaksOffKeepsWhatWasRead() {
    assertThat(keywords(Packets.xmp("<dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li>sa<")))
        .containsExactly("boat");
  }

  @Test
  void anEntityIsNeitherFetchedNorMultiplied() {
    String hostile =
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY file SYSTEM 'file:///etc/hostname'>"
            + "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
            + Packets.packet(
                "<dc:subject><rdf:Bag><rdf:li>boat</rdf:li>"
                    + "<rdf:li>&file;</rdf:li><rdf:li>&b;</rdf:li></rdf:Bag></dc:subject>");

    List<String> keywords = keywords(Packets.xmpOf(hostile));

    assertThat(keywords).allMatch(keyword -> keyword.equals("boat"));
  }

  private static List<String> keywords(byte[] file) {
    return Extraction.of(file).metadata().keywords();
  }
}
