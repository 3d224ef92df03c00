package dev.in.metadata;

import static dev.in.formats.testing.TiffBytes.ASCII;
import static dev.in.formats.testing.TiffBytes.BYTE;
import static dev.in.formats.testing.TiffBytes.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import dev.in.result.Description;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTest {
  private static final int IMAGE_DESCRIPTION = 0x010e;
  private static final int ARTIST = 0x013b;
  private static final int COPYRIGHT = 0x8298;
  private static final int RATING = 0x4746;
  private static final int WINDOWS_TITLE = 0x9c9b;
  private static final String TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/";

  @Test
  void xmpIsReadFromElements() {
    assertThat(
            description(
                Packets.xmp(
                    alt("dc:title", "Low tide")
                        + alt("dc:description", "A pier")
                        + "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Jon</rdf:li></rdf:Seq>"
                        + "</dc:creator>"
                        + alt("dc:rights", "© Ada")
                        + "<xmp:Rating>4</xmp:Rating>"
                        + "<iptc:DigitalSourceType>"
                        + TERMS
                        + "trainedAlgorithmicMedia</iptc:DigitalSourceType>")))
        .contains(
            new Description(
                Optional.of("Low tide"),
                Optional.of("A pier"),
                List.of("Ada", "Jon"),
                Optional.of("© Ada"),
                Optional.of(4),
                Optional.of("trainedAlgorithmicMedia")));
  }

  @Test
  void xmpIsReadFromAttributesAndResources() {
    Description description =
        description(
                Packets.xmpOf(
                    Packets.packet(
                        "xmp:Rating='-1'",
                        "<iptc:DigitalSourceType rdf:resource='" + TERMS + "digitalCapture'/>")))
            .orElseThrow();

    assertThat(description.rating()).contains(-1);
    assertThat(description.digitalSourceType()).contains("digitalCapture");
  }

  @Test
  void ofSeveralLanguagesTheDefaultOneCounts() {
    assertThat(
            title(
                "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Ebbe</rdf:li>"
                    + "<rdf:li xml:lang='x-default'>Low tide</rdf:li></rdf:Alt></dc:title>"))
        .contains("Low tide");
  }

  @Test
  void whatTheIngredientsOfAnImageSayDoesNotCount() {
    assertThat(
            title(
                "<x:Pantry xmlns:x='http://ns.adobe.com/xap/1.0/mm/'><rdf:Bag><rdf:li>"
                    + "<rdf:Description>"
                    + alt("dc:title", "Another one")
                    + "</rdf:Description></rdf:li></rdf:Bag></x:Pantry>"
                    + alt("dc:title", "Low tide")))
        .contains("Low tide");
  }

  @Test
  void iptcIsRead() {
    byte[] datasets =
        TestImages.concat(
            dataset(5, "Low tide"),
            dataset(80, "Ada"),
            dataset(80, "Jon"),
            dataset(116, "© Ada"),
            dataset(120, "A pier"));

    assertThat(description(Packets.iptc(datasets)))
        .contains(
            new Description(
                Optional.of("Low tide"),
                Optional.of("A pier"),
                List.of("Ada", "Jon"),
                Optional.of("© Ada"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void exifIsRead() {
    byte[] title = "Low tide\0".getBytes(StandardCharsets.UTF_16LE);
    TiffBytes exif =
        new TiffBytes()
            .main(IMAGE_DESCRIPTION, ASCII, "A pier")
            .main(ARTIST, ASCII, "Ada; Jon")
            .main(RATING, SHORT, 3)
            .main(COPYRIGHT, ASCII, "Ada")
            .main(WINDOWS_TITLE, BYTE, title);

    assertThat(description(exif.inJpeg()))
        .contains(
            new Description(
                Optional.of("Low tide"),
                Optional.of("A pier"),
                List.of("Ada", "Jon"),
                Optional.of("Ada"),
                Optional.of(3),
                Optional.empty()));
  }

  @Test
  void whatEditorsWroteCountsBeforeWhatCamerasDid() {
    byte[] exif =
        new TiffBytes()
            .main(IMAGE_DESCRIPTION, ASCII, "DIGITAL CAMERA")
            .main(ARTIST, ASCII, "A. Camera")
            .build();
    byte[] jpeg =
        JpegBytes.with(Packets.xmp(alt("dc:description", "A pier")), 0xe1, "Exif\0\0", exif);

    assertThat(description(jpeg).orElseThrow().caption()).contains("A pier");
    assertThat(description(jpeg).orElseThrow().creators()).containsExactly("A. Camera");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5", "-1, -1", "3.7, 3", "6, ", "-2, ", "NaN, ", "many, ", "'', "})
  void aRatingIsAsMuchAsFiveStars(String written, Integer read) {
    byte[] jpeg = Packets.xmp(alt("dc:title", "x") + "<xmp:Rating>" + written + "</xmp:Rating>");

    assertThat(description(jpeg).orElseThrow().rating()).isEqualTo(Optional.ofNullable(read));
  }

  @ParameterizedTest
  @CsvSource({"https://example.org/trainedAlgorithmicMedia", "trainedAlgorithmicMedia", "''"})
  void aSourceTypeOfAnotherVocabularyIsNone(String written) {
    byte[] jpeg =
        Packets.xmp(
            alt("dc:title", "x")
                + "<iptc:DigitalSourceType>"
                + written
                + "</iptc:DigitalSourceType>");

    assertThat(description(jpeg).orElseThrow().digitalSourceType()).isEmpty();
  }

  @Test
  void textsAreBoundedAndOnOneLine() {
    String names =
        IntStream.range(0, 50)
            .mapToObj(i -> "<rdf:li>n" + i + "</rdf:li>")
            .collect(Collectors.joining());
    Description description =
        description(
                Packets.xmp(
                    alt("dc:title", "Low\n\u202etide" + "x".repeat(5_000))
                        + alt("dc:description", "y".repeat(50_000))
                        + "<dc:creator><rdf:Seq>"
                        + names
                        + "</rdf:Seq></dc:creator>"))
            .orElseThrow();

    assertThat(description.title().orElseThrow()).startsWith("Low tidex").hasSize(200);
    assertThat(description.caption().orElseThrow()).isEqualTo("y".repeat(2_000));
    assertThat(description.creators()).hasSize(10).startsWith("n0", "n1");
  }

  @Test
  void aFileThatSaysNothingHasNoDescription() {
    assertThat(description(Packets.xmp(alt("dc:title", " \n ")))).isEmpty();
    assertThat(description(new TiffBytes().main(IMAGE_DESCRIPTION, ASCII, "   ").inJpeg()))
        .isEmpty();
  }

  private static String alt(String property, String text) {
    return "<%1$s><rdf:Alt><rdf:li xml:lang='x-default'>%2$s</rdf:li></rdf:Alt></%1$s>"
        .formatted(property, text);
  }

  private static byte[] dataset(int number, String text) {
    return Packets.dataset(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> title(String properties) {
    return description(Packets.xmp(properties)).flatMap(Description::title);
  }

  private static Optional<Description> description(byte[] file) {
    return Extraction.of(file).metadata().description();
  }
}
