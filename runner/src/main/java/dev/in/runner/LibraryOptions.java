package dev.in.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.LibraryPage;
import dev.in.runner.edge.LibraryQuery;
import dev.in.runner.login.EdgeTokens;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What listing and searching one's tasks have in common. */
final class LibraryOptions {
  private static final int MAX_PAGE = 200;

  /** For how long a token is needed: a page takes seconds, and nobody waits for hundreds. */
  private static final Duration USE = Duration.ofMinutes(1);

  @Mixin private EdgeOption edge;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Show at most so many, newest first (default: 50).")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
  private boolean json;

  /** Prints what is found, page by page. */
  int print(LibraryQuery query) throws StackFailure, InterruptedException {
    URI address = edge.address();
    EdgeTokens tokens = EdgeTokens.ofUser();
    EdgeClient client = new EdgeClient(address, tokens.token(address, USE));
    try {
      int left = limit;
      Optional<String> cursor = Optional.empty();
      do {
        LibraryPage page = client.library(query, Math.min(left, MAX_PAGE), cursor);
        page.items().forEach(item -> System.out.println(json ? item.toString() : line(item)));
        left -= page.items().size();
        cursor = page.nextCursor();
      } while (left > 0 && cursor.isPresent());
      return ExitCode.ALL_COMPLETED;
    } catch (IOException e) {
      throw new StackFailure("the edge at %s does not answer: %s".formatted(address, e), e);
    } catch (EdgeRefusal e) {
      throw tokens.explain(new StackFailure("the edge refused: " + e.getMessage(), e), address);
    }
  }

  static String line(JsonNode item) {
    return "%-24s  %-17s  %-20s  %s"
        .formatted(
            item.path("createdAt").asText(),
            item.path("status").asText(),
            item.path("error").path("code").asText(),
            item.path("taskId").asText() + fileName(item))
        .stripTrailing();
  }

  private static String fileName(JsonNode item) {
    return item.has("fileName") ? "  " + item.path("fileName").asText() : "";
  }
}
