package dev.in.emulator.vision;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.Block;
import com.google.cloud.vision.v1.Block.BlockType;
import com.google.cloud.vision.v1.BoundingPoly;
import com.google.cloud.vision.v1.EntityAnnotation;
import com.google.cloud.vision.v1.Page;
import com.google.cloud.vision.v1.Paragraph;
import com.google.cloud.vision.v1.Symbol;
import com.google.cloud.vision.v1.TextAnnotation;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak.BreakType;
import com.google.cloud.vision.v1.TextAnnotation.TextProperty;
import com.google.cloud.vision.v1.Vertex;
import com.google.cloud.vision.v1.Word;
import dev.in.analysis.Analysis;
import dev.in.analysis.Box;
import dev.in.analysis.TextContent;
import dev.in.analysis.TextLine;
import dev.in.analysis.TextWord;
import java.util.PrimitiveIterator;

/**
 * Recognised text, which Vision answers twice: as entities, the first the whole text and then each
 * word; and as pages, blocks, paragraphs, words and symbols. Here each line is a block of one
 * paragraph, since the engine knows no columns, and a symbol has its word's box, since it knows no
 * narrower one.
 */
final class TextAnnotations {
  private TextAnnotations() {}

  static void add(TextContent text, Analysis analysis, AnnotateImageResponse.Builder response) {
    if (text.lines().isEmpty()) {
      return;
    }
    Box all = text.lines().stream().map(TextLine::box).reduce(Box::union).orElseThrow();
    response.addTextAnnotations(entity(text.full(), all));
    Page.Builder page = Page.newBuilder().setWidth(analysis.width()).setHeight(analysis.height());
    for (TextLine line : text.lines()) {
      page.addBlocks(block(line));
      line.words().forEach(word -> response.addTextAnnotations(entity(word.text(), word.box())));
    }
    response.setFullTextAnnotation(
        TextAnnotation.newBuilder().setText(text.full() + "\n").addPages(page));
  }

  private static EntityAnnotation entity(String text, Box box) {
    return EntityAnnotation.newBuilder().setDescription(text).setBoundingPoly(poly(box)).build();
  }

  private static Block block(TextLine line) {
    Paragraph.Builder paragraph =
        Paragraph.newBuilder()
            .setBoundingBox(poly(line.box()))
            .setConfidence((float) line.confidence());
    int last = line.words().size() - 1;
    for (int i = 0; i <= last; i++) {
      paragraph.addWords(
          word(line.words().get(i), i == last ? BreakType.LINE_BREAK : BreakType.SPACE));
    }
    return Block.newBuilder()
        .setBlockType(BlockType.TEXT)
        .setBoundingBox(poly(line.box()))
        .setConfidence((float) line.confidence())
        .addParagraphs(paragraph)
        .build();
  }

  private static Word word(TextWord word, BreakType after) {
    Word.Builder result =
        Word.newBuilder().setBoundingBox(poly(word.box())).setConfidence((float) word.confidence());
    PrimitiveIterator.OfInt symbols = word.text().codePoints().iterator();
    while (symbols.hasNext()) {
      Symbol.Builder symbol =
          Symbol.newBuilder()
              .setText(Character.toString(symbols.nextInt()))
              .setBoundingBox(poly(word.box()))
              .setConfidence((float) word.confidence());
      if (!symbols.hasNext()) {
        symbol.setProperty(
            TextProperty.newBuilder().setDetectedBreak(DetectedBreak.newBuilder().setType(after)));
      }
      result.addSymbols(symbol);
    }
    return result.build();
  }

  private static BoundingPoly poly(Box box) {
    int right = box.x() + box.width();
    int bottom = box.y() + box.height();
    return BoundingPoly.newBuilder()
        .addVertices(vertex(box.x(), box.y()))
        .addVertices(vertex(right, box.y()))
        .addVertices(vertex(right, bottom))
        .addVertices(vertex(box.x(), bottom))
        .build();
  }

  private static Vertex vertex(int x, int y) {
    return Vertex.newBuilder().setX(x).setY(y).build();
  }
}
