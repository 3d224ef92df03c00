package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that the edge has of the caller's account, over an edge that may go and come back. */
public final class Account {
  private static final int PAGE_SIZE = 200;
  private static final LibraryQuery ALL = new LibraryQuery(Optional.empty(), Optional.empty());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EdgeClient edge;
  private final RetryPolicy retries;

  public Account(EdgeClient edge, RetryPolicy retries) {
    this.edge = requireNonNull(edge, "edge is null");
    this.retries = requireNonNull(retries, "retries is null");
  }

  /** Every item of the library, the newest first. */
  public List<JsonNode> library() throws StackFailure, InterruptedException, EdgeRefusal {
    List<JsonNode> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> from = cursor;
      LibraryPage page = retries.call(() -> edge.library(ALL, PAGE_SIZE, from));
      items.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return items;
  }

  /** The sequence number of the feed's latest entry. */
  public long cursor() throws StackFailure, InterruptedException, EdgeRefusal {
    return retries.call(() -> edge.account().path("cursor").asLong());
  }

  /** Every entry of the feed after that sequence number, up to the latest of this moment. */
  public List<JsonNode> feed(long after) throws StackFailure, InterruptedException, EdgeRefusal {
    long latest = cursor();
    return retries.call(() -> read(after, latest));
  }

  private List<JsonNode> read(long after, long latest)
      throws IOException, InterruptedException, EdgeRefusal {
    List<JsonNode> entries = new ArrayList<>();
    if (latest <= after) {
      return entries;
    }
    try (EventStream stream = edge.feed(after)) {
      long seq = after;
      while (seq < latest) {
        EventStream.Event event =
            stream.next().orElseThrow(() -> new IOException("the feed ended early"));
        JsonNode entry = JSON.readTree(event.data());
        seq = entry.path("seq").asLong();
        entries.add(entry);
      }
    }
    return entries;
  }
}
