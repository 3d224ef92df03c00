package dev.in.ai;

import com.google.cloud.vision.v1.Block;
import com.google.cloud.vision.v1.Page;
import com.google.cloud.vision.v1.Paragraph;
import com.google.cloud.vision.v1.Symbol;
import com.google.cloud.vision.v1.TextAnnotation;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak.BreakType;
import com.google.cloud.vision.v1.Word;
import dev.in.limits.Limits;
import dev.in.result.Box;
import dev.in.result.TextFindings;
import dev.in.result.TextLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Vision's pages, blocks, paragraphs, words and symbols as lines. A line ends where a symbol has a
 * break that says so.
 */
final class VisionText {
  private final List<TextLine> lines = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private final List<Word> words = new ArrayList<>();
  private int bytes;

  /**
   * Once a line has no room, none that follows is taken: a text may end early, but has no holes.
   */
  private boolean truncated;

  private VisionText() {}

  static TextFindings of(TextAnnotation annotation) {
    VisionText text = new VisionText();
    for (Page page : annotation.getPagesList()) {
      for (Block block : page.getBlocksList()) {
        block.getParagraphsList().forEach(text::add);
      }
    }
    return new TextFindings(
        String.join("\n", text.lines.stream().map(TextLine::text).toList()),
        text.lines,
        text.truncated);
  }

  private void add(Paragraph paragraph) {
    for (Word word : paragraph.getWordsList()) {
      words.add(word);
      for (Symbol symbol : word.getSymbolsList()) {
        current.append(symbol.getText());
        endOf(symbol.getProperty().getDetectedBreak().getType());
      }
    }
    endLine();
  }

  private void endOf(BreakType type) {
    switch (type) {
      case SPACE, SURE_SPACE -> current.append(' ');
      case EOL_SURE_SPACE, LINE_BREAK -> endLine();
      case HYPHEN -> {
        current.append('-');
        endLine();
      }
      case UNKNOWN, UNRECOGNIZED -> {}
    }
  }

  private void endLine() {
    String text = current.toString().strip();
    truncated |=
        !text.isEmpty()
            && (lines.size() == Limits.MAX_TEXT_LINES
                || bytes + sizeOf(text) > Limits.MAX_TEXT_BYTES);
    if (!text.isEmpty() && !truncated) {
      bytes += sizeOf(text);
      lines.add(new TextLine(text, confidence(), box()));
    }
    current.setLength(0);
    words.clear();
  }

  private static int sizeOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private double confidence() {
    return VisionAnalysis.rounded(
        words.stream().mapToDouble(Word::getConfidence).average().orElse(0));
  }

  private Box box() {
    Box all = null;
    for (Word word : words) {
      Box box = VisionAnalysis.box(word.getBoundingBox());
      all = all == null ? box : union(all, box);
    }
    return all == null ? new Box(0, 0, 0, 0) : all;
  }

  private static Box union(Box a, Box b) {
    int left = Math.min(a.x(), b.x());
    int top = Math.min(a.y(), b.y());
    int right = Math.max(a.x() + a.width(), b.x() + b.width());
    int bottom = Math.max(a.y() + a.height(), b.y() + b.height());
    return new Box(left, top, right - left, bottom - top);
  }
}
