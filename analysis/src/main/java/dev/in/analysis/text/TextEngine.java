package dev.in.analysis.text;

import static java.util.Objects.requireNonNull;

import dev.in.analysis.Box;
import dev.in.analysis.TextContent;
import dev.in.analysis.TextLine;
import dev.in.analysis.TextWord;
import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.Pixels;
import dev.in.analysis.model.OnnxModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the text of an image with the PP-OCRv4 networks: Latin letters, digits, punctuation and
 * Chinese; level, slanted, or running up or down, but not upside down. The image is read as its
 * orientation shows it, and boxes are in stored pixels.
 *
 * <p>Thread-safe. The weights (15 MB) are loaded by the first call, or by {@link #warmUp()}.
 */
public final class TextEngine implements AutoCloseable {
  private static final String WEIGHTS = "/dev/in/analysis/weights/";

  /** Less is noise, by trial on photos; one letter alone has to be surer. */
  private static final double MIN_CONFIDENCE = 0.6;

  private static final double MIN_CONFIDENCE_OF_ONE = 0.8;

  /** Taller than this, a line may be one that runs up or down. */
  private static final double TALL = 1.5;

  /**
   * A bound on the time that one image takes: all lines together may be this many times as long as
   * they are high, which is some 16,000 letters. Reading so much takes about 40 s of one core.
   */
  private static final double MAX_LENGTH = 8_000;

  /** What a short line costs nevertheless. */
  private static final double MIN_LENGTH = 7;

  private final OnnxModel detection;
  private final OnnxModel recognition;
  private final TextPyramid pyramid;
  private final TextRecognizer recognizer;

  /**
   * @param threads how many threads the networks of one image may use, at least 1
   */
  public TextEngine(int threads) {
    detection = new OnnxModel(WEIGHTS + "ch_PP-OCRv4_det_infer.onnx", threads);
    recognition = new OnnxModel(WEIGHTS + "ch_PP-OCRv4_rec_infer.onnx", threads);
    pyramid = new TextPyramid(new TextDetector(detection));
    recognizer = new TextRecognizer(recognition, new CtcDecoder(characters()));
  }

  /** Loads the weights and runs both networks once, so that no image has to wait for it. */
  public void warmUp() {
    Pixels blank = new Pixels(32, 32, new int[32 * 32]);
    pyramid.find(blank);
    recognizer.read(blank, new TextBox(16, 16, 32, 32, 0, 1));
  }

  /** Reads an image; no lines where there is no text. */
  public TextContent read(DecodedImage image) {
    requireNonNull(image, "image is null");
    if (image.pixels().isEmpty()) {
      return new TextContent(List.of());
    }
    Pixels upright = image.upright();
    List<ReadLine> lines = new ArrayList<>();
    for (TextBox box : affordable(pyramid.find(upright))) {
      read(upright, box).ifPresent(lines::add);
    }
    return new TextContent(
        ReadingOrder.sorted(lines).stream().map(line -> placed(line, image)).toList());
  }

  /** Returns the boxes from the top down to where they get too many. */
  private static List<TextBox> affordable(List<TextBox> boxes) {
    List<TextBox> sorted = new ArrayList<>(boxes);
    sorted.sort(Comparator.comparingDouble(TextBox::centerY));
    double length = 0;
    for (int i = 0; i < sorted.size(); i++) {
      length += Math.max(MIN_LENGTH, sorted.get(i).aspect());
      if (length > MAX_LENGTH) {
        return sorted.subList(0, i);
      }
    }
    return sorted;
  }

  private Optional<ReadLine> read(Pixels image, TextBox box) {
    ReadLine best = line(image, box);
    if (box.height() > TALL * box.width()) {
      best = surer(best, line(image, box.turned(1)));
      best = surer(best, line(image, box.turned(3)));
    }
    return Optional.of(best).filter(TextEngine::isCredible);
  }

  private ReadLine line(Pixels image, TextBox box) {
    return new ReadLine(box, WordSplitter.split(recognizer.read(image, box), box));
  }

  private static ReadLine surer(ReadLine a, ReadLine b) {
    return certainty(b) > certainty(a) ? b : a;
  }

  private static double certainty(ReadLine line) {
    return line.words().isEmpty() ? 0 : line.confidence();
  }

  private static boolean isCredible(ReadLine line) {
    int letters = line.words().stream().mapToInt(ReadLine.ReadWord::letters).sum();
    return certainty(line) >= (letters == 1 ? MIN_CONFIDENCE_OF_ONE : MIN_CONFIDENCE);
  }

  private static TextLine placed(ReadLine line, DecodedImage image) {
    List<TextWord> words =
        line.words().stream()
            .map(word -> new TextWord(word.text(), word.confidence(), box(word.box(), image)))
            .toList();
    return new TextLine(line.text(), line.confidence(), box(line.box(), image), words);
  }

  private static Box box(TextBox box, DecodedImage image) {
    return image.toStored(box.left(), box.top(), box.right(), box.bottom());
  }

  /** The recogniser's classes: blank first, then the dictionary, the space last. */
  private static List<String> characters() {
    String resource = WEIGHTS + "ppocr_keys_v1.txt";
    try (var stream = requireNonNull(TextEngine.class.getResourceAsStream(resource), resource);
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String> characters = new ArrayList<>(lines.lines().toList());
      characters.add(" ");
      return characters;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  @Override
  public void close() {
    detection.close();
    recognition.close();
  }
}
