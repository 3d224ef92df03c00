package dev.in.runner.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.runner.words.Numbers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report as a whole, as the template asks for it. */
final class Page {
  /** The web page's own looks (edge/page/style), and what only the report has. */
  private static final List<String> STYLES =
      List.of("style/base.css", "style/card.css", "style/result.css", "report.css");

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm z", Locale.UK);

  private final List<Card> cards;
  private final Optional<Duration> took;
  private final ZonedDateTime now;
  private final String style = STYLES.stream().map(Report::text).collect(Collectors.joining("\n"));

  Page(List<Card> cards, Optional<Duration> took, ZonedDateTime now) {
    this.cards = List.copyOf(cards);
    this.took = took;
    this.now = now;
  }

  List<Card> cards() {
    return cards;
  }

  String style() {
    return style;
  }

  /** Nothing is fetched, nothing runs, and only this very style sheet counts. */
  String policy() {
    return String.join(
        "; ",
        "default-src 'none'",
        "img-src data:",
        "style-src 'sha256-" + sha256(style) + "'",
        "base-uri 'none'",
        "form-action 'none'");
  }

  String heading() {
    return Numbers.of(cards.size(), "picture", "pictures");
  }

  String when() {
    return now.format(WHEN);
  }

  /** How many went how, and how long all took. */
  String summary() {
    return Stream.of(
                count("done", "completed"),
                count("failed", "failed"),
                count("running", "not finished"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "))
        + took.map(time -> ", in " + Numbers.duration(time)).orElse("");
  }

  private Optional<String> count(String state, String words) {
    long count = cards.stream().filter(card -> card.state().equals(state)).count();
    return count == 0 ? Optional.empty() : Optional.of(count + " " + words);
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
