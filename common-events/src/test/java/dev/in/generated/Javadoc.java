package dev.in.generated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc of this module's records says, so that the schemas say it as well. */
final class Javadoc {
  private Javadoc() {}

  /** The text before the tags. */
  static Optional<String> ofRecord(Class<?> type) {
    return of(type).map(text -> text.split("(?m)^@", 2)[0]).flatMap(Javadoc::plain);
  }

  /** The text of a component's {@code @param}. */
  static Optional<String> ofComponent(Class<?> type, String name) {
    return of(type)
        .map(text -> Pattern.compile("(?ms)^@param " + name + "\\b(.*?)(?=^@|\\z)").matcher(text))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .flatMap(Javadoc::plain);
  }

  private static Optional<String> of(Class<?> type) {
    if (!type.isRecord() || !type.getName().startsWith("dev.in.")) {
      return Optional.empty();
    }
    Matcher matcher =
        Pattern.compile(
                "(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public )?record "
                    + type.getSimpleName()
                    + "\\b")
            .matcher(sourceOf(type));
    return matcher.find()
        ? Optional.of(matcher.group(1).replaceAll("(?m)^\\s*\\* ?", ""))
        : Optional.empty();
  }

  private static Optional<String> plain(String text) {
    String plain =
        text.replaceAll("\\{@code ([^}]*)}", "`$1`")
            .replaceAll("\\{@link ([^}]*)}", "$1")
            .replaceAll("\\s+", " ")
            .strip();
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
  }

  private static String sourceOf(Class<?> type) {
    String outermost = type.getName().split("\\$", 2)[0];
    try {
      return Files.readString(Path.of("src/main/java", outermost.replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
