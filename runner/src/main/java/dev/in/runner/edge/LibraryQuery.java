package dev.in.runner.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.util.Optional;

/**
 * Which of an owner's tasks are wanted.
 *
 * @param search in the edge's search language; empty lists all
 * @param status of a list; a search has a word of its own for it
 */
public record LibraryQuery(Optional<String> search, Optional<String> status) {
  public LibraryQuery {
    requireNonNull(search, "search is null");
    requireNonNull(status, "status is null");
  }

  String path(int limit, Optional<String> cursor) {
    StringBuilder path =
        new StringBuilder(search.isPresent() ? "/v1/search" : "/v1/tasks")
            .append("?limit=")
            .append(limit);
    search.ifPresent(value -> append(path, "q", value));
    status.ifPresent(value -> append(path, "status", value));
    cursor.ifPresent(value -> append(path, "cursor", value));
    return path.toString();
  }

  private static void append(StringBuilder path, String name, String value) {
    path.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
  }
}
