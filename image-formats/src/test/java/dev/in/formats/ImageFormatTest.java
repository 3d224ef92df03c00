package dev.in.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
  @Test
  void everyFormatIsRecognisedByItsFirstBytes() {
    assertThat(sniff("\u00ff\u00d8\u00ff\u00e0")).isEqualTo("image/jpeg");
    assertThat(sniff("\u0089PNG\r\n\u001a\n")).isEqualTo("image/png");
    assertThat(sniff("GIF87a")).isEqualTo("image/gif");
    assertThat(sniff("GIF89a")).isEqualTo("image/gif");
    assertThat(sniff("RIFF\1\2\3\4WEBPVP8 ")).isEqualTo("image/webp");
    assertThat(sniff("II*\0")).isEqualTo("image/tiff");
    assertThat(sniff("MM\0*")).isEqualTo("image/tiff");
    assertThat(sniff("II+\0\10\0\0\0")).isEqualTo("image/tiff");
    assertThat(sniff("MM\0+\0\10\0\0")).isEqualTo("image/tiff");
    assertThat(sniff("BM\1\2\3\4\0\0\0\0\66\0\0\0\50\0\0\0")).isEqualTo("image/bmp");
  }

  @ParameterizedTest
  @CsvSource({
    "heic, mif1, image/heic",
    "heix, mif1, image/heic",
    "heim, mif1, image/heic",
    "heis, mif1, image/heic",
    "hevc, msf1, image/heic",
    "hevx, msf1, image/heic",
    "mif1, heic, image/heic",
    "msf1, hevc, image/heic",
    "avif, mif1, image/avif",
    "avis, msf1, image/avif",
    "mif1, avif, image/avif",
    "msf1, avis, image/avif",
    "heic, avif, image/avif",
    "isom, avif, image/avif",
    "MiHB, heic, image/heic",
  })
  void heifFilesAreRecognisedByTheirBrands(String brand, String compatible, String type) {
    assertThat(ImageFormat.sniff(fileType(brand, compatible)).orElseThrow().contentType())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "'qt  ', 'qt  '",
    "isom, mp42",
    "mp42, isom",
    "'M4A ', isom",
    "'crx ', isom",
    "3gp4, 3gp4"
  })
  void filmsAndSoundsAreNotAccepted(String brand, String compatible) {
    assertThat(ImageFormat.sniff(fileType(brand, compatible))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u00ff\u00d8",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!DOCTYPE html><html>",
        "%PDF-1.7",
        "8BPS\0\1",
        "RIFF\1\2\3\4WAVEfmt ",
        "RIFF\1\2\3\4AVI LIST",
        "BM is how this sentence begins",
        "II+\0\4\0\0\0",
        "II+\0",
        "\0\0\1\0",
        "PK\3\4",
        "GIF88a",
        "\0\0\0\fjP  \r\n",
        "\u00ff\n",
      })
  void otherFormatsAreNotAccepted(String begins) {
    assertThat(ImageFormat.sniff(bytes(begins))).isEmpty();
  }

  @Test
  void aBrandBeyondTheEndOfItsBoxDoesNotCount() {
    byte[] film = fileType("isom", "mp42");
    byte[] file = Arrays.copyOf(film, film.length + 4);
    System.arraycopy(bytes("avif"), 0, file, film.length, 4);

    assertThat(ImageFormat.sniff(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 16, 40, 52, 56, 64, 108, 124})
  void aBitmapIsRecognisedByTheSizeOfItsSecondHeader(int size) {
    assertThat(ImageFormat.sniff(bitmap(size))).contains(ImageFormat.BMP);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 13, 15, 65, 107, 125, -1, 0x73656874})
  void aBitmapWithAnotherSizeOfHeaderIsNone(int size) {
    assertThat(ImageFormat.sniff(bitmap(size))).isEmpty();
  }

  @Test
  void aBitmapsReservedBytesMayHoldAnything() {
    byte[] bitmap = bitmap(40);
    Arrays.fill(bitmap, 6, 10, (byte) 0x7f);

    assertThat(ImageFormat.sniff(bitmap)).contains(ImageFormat.BMP);
  }

  @Test
  void aBufferIsReadFromItsPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes("xxGIF89a")).position(2);

    assertThat(ImageFormat.sniff(buffer)).contains(ImageFormat.GIF);
    assertThat(buffer.position()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aContentTypeLeadsBackToItsFormat(ImageFormat format) {
    assertThat(ImageFormat.ofContentType(format.contentType())).contains(format);
  }

  @Test
  void anotherContentTypeLeadsNowhere() {
    assertThat(ImageFormat.ofContentType("image/svg+xml")).isEmpty();
  }

  private static String sniff(String begins) {
    return ImageFormat.sniff(bytes(begins)).orElseThrow().contentType();
  }

  private static byte[] bitmap(int headerSize) {
    return ByteBuffer.allocate(18)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, bytes("BM"))
        .putInt(14, headerSize)
        .array();
  }

  private static byte[] fileType(String brand, String compatible) {
    return ByteBuffer.allocate(20)
        .putInt(20)
        .put(bytes("ftyp"))
        .put(bytes(brand))
        .putInt(0)
        .put(bytes(compatible))
        .array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
