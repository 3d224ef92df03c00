package dev.in.ai;

import com.google.cloud.vision.v1.Block;
import com.google.cloud.vision.v1.BoundingPoly;
import com.google.cloud.vision.v1.Page;
import com.google.cloud.vision.v1.Paragraph;
import com.google.cloud.vision.v1.Symbol;
import com.google.cloud.vision.v1.TextAnnotation;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak.BreakType;
import com.google.cloud.vision.v1.TextAnnotation.TextProperty;
import com.google.cloud.vision.v1.Vertex;
import com.google.cloud.vision.v1.Word;

/** Recognised text in Vision's form. */
final class Texts {
  private Texts() {}

  /** The same line many times, in one paragraph. */
  static TextAnnotation of(int lines, String line) {
    Paragraph.Builder paragraph = Paragraph.newBuilder();
    for (int i = 0; i < lines; i++) {
      String[] words = line.split(" ");
      for (int word = 0; word < words.length; word++) {
        boolean last = word == words.length - 1;
        paragraph.addWords(
            word(words[word], last ? BreakType.LINE_BREAK : BreakType.SPACE, 10 * word, 20 * i));
      }
    }
    return page(paragraph);
  }

  static TextAnnotation page(Paragraph.Builder... paragraphs) {
    Block.Builder block = Block.newBuilder();
    for (Paragraph.Builder paragraph : paragraphs) {
      block.addParagraphs(paragraph);
    }
    return TextAnnotation.newBuilder().addPages(Page.newBuilder().addBlocks(block)).build();
  }

  /** A word of 8 by 16 pixels with a confidence of 0.9, and the break behind it. */
  static Word word(String text, BreakType after, int x, int y) {
    Word.Builder word =
        Word.newBuilder()
            .setConfidence(0.9f)
            .setBoundingBox(
                BoundingPoly.newBuilder()
                    .addVertices(Vertex.newBuilder().setX(x).setY(y))
                    .addVertices(Vertex.newBuilder().setX(x + 8).setY(y + 16)));
    text.codePoints()
        .forEach(
            symbol -> word.addSymbols(Symbol.newBuilder().setText(Character.toString(symbol))));
    word.getSymbolsBuilder(word.getSymbolsCount() - 1)
        .setProperty(
            TextProperty.newBuilder().setDetectedBreak(DetectedBreak.newBuilder().setType(after)));
    return word.build();
  }
}
