package dev.in.runner.drill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The cases of a drill with their verdicts, each printed as soon as it is known. */
public final class Cases {
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
