package dev.in.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.analysis.Box;
import dev.in.analysis.TextContent;
import dev.in.analysis.TextLine;
import dev.in.analysis.TextWord;
import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.Encoded;
import dev.in.analysis.image.ImageDecoder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextEngineTest {
  private static final String[] LETTER = {
    "Dear customer, your order 66-1043 was shipped today.",
    "It should arrive at 12 Lake Road within 3 days.",
    "Total: 1,284.50 EUR (19% tax included)",
    "Questions? Write to support@example.com",
  };
  private static final Color NAVY = new Color(0x1E3C8C);
  private static final Color YELLOW = new Color(0xFADC3C);
  private static final Color MAROON = new Color(0x780000);

  private static final TextEngine ENGINE = new TextEngine(2);

  private final ImageDecoder decoder = new ImageDecoder();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 20, 32, 64})
  void textIsReadInFourSizesBlackOnWhiteAndOnColour(int size) throws DecodeException {
    assertReads(RenderedText.page(size, Color.WHITE, Color.BLACK, LETTER));
    assertReads(RenderedText.page(size, NAVY, Color.WHITE, LETTER));
    assertReads(RenderedText.page(size, YELLOW, MAROON, LETTER));
  }

  @Test
  void veryLargeTextIsReadWhole() throws DecodeException {
    RenderedText page = RenderedText.page(300, Color.WHITE, Color.BLACK, "Grand Opening");

    assertThat(read(page).full()).isEqualTo("Grand Opening");
  }

  @Test
  void smallTextInALargeImageIsFoundBesideLargeText() throws DecodeException {
    RenderedText page = new RenderedText(2400, 1600, new Color(0xF0F0E8));
    Box title = page.line("Quarterly Report", 180, 150, 300, NAVY);
    page.line("Figures are in thousands of euros.", 16, 1700, 1450, Color.BLACK);
    page.line("See page 12 for the notes.", 16, 1700, 1480, Color.BLACK);

    TextContent text = read(page);

    assertThat(text.full())
        .isEqualTo(
            "Quarterly Report\nFigures are in thousands of euros.\nSee page 12 for the notes.");
    assertCovers(text.lines().getFirst().box(), title);
  }

  @Test
  void aLineTellsItsWordsAndWhereTheyStand() throws DecodeException {
    RenderedText page = new RenderedText(700, 120, Color.WHITE);
    Box line = page.line("Lake Road junction", 40, 50, 70, Color.BLACK);
    int road = 50 + RenderedText.width("Lake ", 40);
    int junction = 50 + RenderedText.width("Lake Road ", 40);

    TextLine read = read(page).lines().getFirst();

    assertThat(read.text()).isEqualTo("Lake Road junction");
    assertThat(read.confidence()).isBetween(0.9, 1.0);
    assertCovers(read.box(), line);
    assertThat(read.words()).extracting(TextWord::text).containsExactly("Lake", "Road", "junction");
    assertThat(read.words().get(1).box().x()).isCloseTo(road, within(14));
    assertThat(read.words().get(2).box().x()).isCloseTo(junction, within(14));
    Box middle = read.words().get(1).box();
    assertThat(middle.x() + middle.width()).isLessThan(junction);
  }

  @Test
  void anImageIsReadUprightAndItsBoxesLieInTheStoredOne() throws DecodeException {
    RenderedText page = new RenderedText(600, 200, Color.WHITE);
    Box upright = page.line("This side up", 40, 60, 90, Color.BLACK);
    // Stored turned a quarter anticlockwise, to be shown turned clockwise: orientation 6.
    byte[] file = Encoded.withOrientation(Encoded.jpeg(anticlockwise(page.image())), 6);

    DecodedImage image = decoder.decode(file);
    TextLine line = ENGINE.read(image).lines().getFirst();

    assertThat(List.of(image.width(), image.height())).containsExactly(200, 600);
    assertThat(line.text()).isEqualTo("This side up");
    assertCovers(
        line.box(),
        new Box(
            upright.y(), 600 - upright.x() - upright.width(), upright.height(), upright.width()));
  }

  @Test
  void slantedTextIsRead() throws DecodeException {
    RenderedText page = new RenderedText(800, 400, Color.WHITE);
    page.turnedLine("Slanted by twelve degrees", 36, 120, 100, 12);

    assertThat(read(page).full()).isEqualTo("Slanted by twelve degrees");
  }

  @ParameterizedTest
  @ValueSource(ints = {90, -90})
  void textThatRunsUpOrDownIsRead(int degrees) throws DecodeException {
    RenderedText page = new RenderedText(300, 700, Color.WHITE);
    page.turnedLine("Side of the box", 40, 150, degrees > 0 ? 100 : 600, degrees);

    assertThat(read(page).full()).isEqualTo("Side of the box");
  }

  @Test
  void columnsOfRunningTextAreReadOneAfterTheOther() throws DecodeException {
    RenderedText page = new RenderedText(1100, 400, Color.WHITE);
    page.line("The heading above both of the columns", 30, 60, 60, Color.BLACK);
    String[] left = {"It began in the old harbour", "where the first ships came", "to wait"};
    String[] right = {"Years later nobody recalled", "the name of the captain, or", "cared"};
    for (int i = 0; i < 3; i++) {
      page.line(left[i], 24, 60, 130 + i * 36, Color.BLACK);
      page.line(right[i], 24, 600, 130 + i * 36, Color.BLACK);
    }

    assertThat(read(page).full())
        .isEqualTo(
            "The heading above both of the columns\n"
                + String.join("\n", left)
                + "\n"
                + String.join("\n", right));
  }

  @Test
  void aBillIsReadRowByRow() throws DecodeException {
    RenderedText page = new RenderedText(700, 260, Color.WHITE);
    String[] items = {"Coffee", "Apple cake", "Water"};
    String[] prices = {"3.20", "4.50", "2.10"};
    for (int i = 0; i < 3; i++) {
      page.line(items[i], 28, 50, 60 + i * 60, Color.BLACK);
      page.line(prices[i], 28, 560, 60 + i * 60, Color.BLACK);
    }

    assertThat(read(page).full()).isEqualTo("Coffee\n3.20\nApple cake\n4.50\nWater\n2.10");
  }

  @Test
  void anImageWithoutTextHasNoLines() throws DecodeException {
    BufferedImage plain = new RenderedText(500, 300, NAVY).image();

    assertThat(ENGINE.read(decoder.decode(Encoded.png(plain))).lines()).isEmpty();
    assertThat(ENGINE.read(decoder.decode(Encoded.png(new BufferedImage(1, 1, 1)))).lines())
        .isEmpty();
  }

  @Test
  void anImageCutBeforeItsFirstRowHasNoLines() throws DecodeException {
    byte[] png = Encoded.png(RenderedText.page(40, Color.WHITE, Color.BLACK, "gone").image());

    DecodedImage image = decoder.decode(java.util.Arrays.copyOf(png, 45));

    assertThat(image.truncated()).isTrue();
    assertThat(ENGINE.read(image).lines()).isEmpty();
  }

  @Test
  void imagesReadAtTheSameTimeDoNotMix() throws Exception {
    List<Callable<String>> readers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String line = "Parcel number " + (7100 + i * 37);
      byte[] file = Encoded.png(RenderedText.page(28, Color.WHITE, Color.BLACK, line).image());
      expected.add(line);
      readers.add(() -> ENGINE.read(decoder.decode(file)).full());
    }

    List<String> read = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<String> result : threads.invokeAll(readers)) {
        read.add(result.get());
      }
    }

    assertThat(read).containsExactlyElementsOf(expected);
  }

  @Test
  void aClosedEngineRefuses() throws DecodeException {
    TextEngine engine = new TextEngine(1);
    DecodedImage image =
        decoder.decode(
            Encoded.png(RenderedText.page(28, Color.WHITE, Color.BLACK, "late").image()));
    engine.close();

    assertThatThrownBy(() -> engine.read(image)).isInstanceOf(IllegalStateException.class);
  }

  private void assertReads(RenderedText page) throws DecodeException {
    String expected = String.join("\n", LETTER);
    String actual = read(page).full();
    assertThat(CharacterErrors.rate(expected, actual))
        .as("share of wrong characters in:%n%s", actual)
        .isLessThanOrEqualTo(0.03);
  }

  private TextContent read(RenderedText page) throws DecodeException {
    return ENGINE.read(decoder.decode(Encoded.png(page.image())));
  }

  /** The found box holds the ink, and is not much larger. */
  private static void assertCovers(Box found, Box ink) {
    int slack = Math.max(8, Math.min(ink.width(), ink.height()) * 2 / 3);
    assertThat(found.x()).isBetween(ink.x() - slack, ink.x() + 6);
    assertThat(found.y()).isBetween(ink.y() - slack, ink.y() + 6);
    assertThat(found.x() + found.width())
        .isBetween(ink.x() + ink.width() - 6, ink.x() + ink.width() + slack);
    assertThat(found.y() + found.height())
        .isBetween(ink.y() + ink.height() - 6, ink.y() + ink.height() + slack);
  }

  private static BufferedImage anticlockwise(BufferedImage image) {
    int width = image.getHeight();
    int height = image.getWidth();
    BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned.setRGB(x, y, image.getRGB(height - 1 - y, x));
      }
    }
    return turned;
  }

  private static org.assertj.core.data.Offset<Integer> within(int pixels) {
    return org.assertj.core.data.Offset.offset(pixels);
  }
}
