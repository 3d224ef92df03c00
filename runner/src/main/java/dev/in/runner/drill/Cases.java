package dev.in.runner.drill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cases of a drill with their verdicts, each printed as soon as it is known. */
public final class Cases {
  private static final Pattern MARKS =
      Pattern.compile("<!-- rows of .*?<!-- end -->", Pattern.DOTALL);

  private final Consumer<Case> printer;
  private final List<Case> all = new ArrayList<>();

  public Cases(Consumer<Case> printer) {
    this.printer = printer;
  }

  /**
   * Adds a case: it holds if there are no problems.
   *
   * @param detail what happened, for a case that holds
   */
  public void add(String name, List<String> problems, String detail) {
    Case one =
        new Case(
            name, problems.isEmpty(), problems.isEmpty() ? detail : String.join("; ", problems));
    all.add(one);
    printer.accept(one);
  }

  public List<Case> all() {
    return List.copyOf(all);
  }

  /** The lines of a table. */
  public List<String> markdown() {
    return Stream.concat(
            Stream.of("| case | verdict | detail |", "|---|---|---|"),
            all.stream().map(Case::markdown))
        .toList();
  }

  /**
   * Writes the table to a file: between the marks where that has some, else as the whole of it.
   *
   * @param command what made the table
   */
  public void writeTable(Path file, String command) throws IOException {
    String table =
        "<!-- rows of %s -->%n%s%n<!-- end -->"
            .formatted(command, String.join(System.lineSeparator(), markdown()));
    String before = Files.exists(file) ? Files.readString(file) : "";
    Matcher marks = MARKS.matcher(before);
    Files.writeString(
        file, marks.find() ? marks.replaceFirst(Matcher.quoteReplacement(table)) : table + "\n");
  }

  /** A drill without any case has shown nothing. */
  public boolean hold() {
    return !all.isEmpty() && all.stream().allMatch(Case::ok);
  }

  /**
   * A case.
   *
   * @param detail what happened, or what is wrong
   */
  public record Case(String name, boolean ok, String detail) {
    public String json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("case", name)
          .put("ok", ok)
          .put("detail", detail)
          .toString();
    }

    public String text() {
      return "%-6s %s: %s".formatted(ok ? "ok" : "FAILED", name, detail);
    }

    String markdown() {
      return "| %s | %s | %s |".formatted(name, ok ? "holds" : "**fails**", detail);
    }
  }
}
