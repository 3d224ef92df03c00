package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The report: one HTML file with everything in it, which fetches nothing and runs no script. It is
 * written picture by picture, so only one is in memory at a time.
 */
public final class Report {
  private static final String TEMPLATE = "report";
  private static final String TEMPLATES = "/dev/in/runner/report/";

  /** The more pictures, the smaller: the longest side in pixels, up to so many pictures. */
  private static final int FEW = 24;

  private static final int FEW_SIDE = 1600;
  private static final int MANY = 200;
  private static final int MANY_SIDE = 800;
  private static final int CROWD_SIDE = 320;

  private final Template template;
  private final FailureSentences sentences = new FailureSentences();

  public Report() {
    this.template =
        Mustache.compiler()
            .strictSections(true)
            .withCollector(new WithOptionals())
            .withLoader(name -> reader(name + ".mustache"))
            .loadTemplate(TEMPLATE);
  }

  /**
   * Writes it.
   *
   * @param file is replaced
   * @param now for the reader to know how old it is
   */
  public void write(Path file, List<Entry> entries, ZonedDateTime now) throws IOException {
    requireNonNull(file, "file is null");
    requireNonNull(now, "now is null");
    Framer framer = new Framer(longestSide(entries.size()));
    Optional<Way.Span> span = Way.Span.of(entries.stream().map(Entry::timeline).toList());
    List<Card> cards = new java.util.ArrayList<>();
    for (Entry entry : entries) {
      cards.add(new Card("p" + (cards.size() + 1), entry, framer, sentences, span));
    }
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      template.execute(new Page(cards, span.map(Way.Span::length), now), out);
    }
  }

  private static int longestSide(int pictures) {
    if (pictures <= FEW) {
      return FEW_SIDE;
    }
    return pictures <= MANY ? MANY_SIDE : CROWD_SIDE;
  }

  static Reader reader(String resource) {
    InputStream in = Report.class.getResourceAsStream(TEMPLATES + resource);
    return new InputStreamReader(
        requireNonNull(in, resource + " is missing"), StandardCharsets.UTF_8);
  }

  static String text(String resource) {
    try (InputStream in = Report.class.getResourceAsStream(TEMPLATES + resource)) {
      return new String(
          requireNonNull(in, resource + " is missing").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /** An Optional is a section that may be left out. */
  private static final class WithOptionals extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }
}
