package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import dev.in.library.LibraryEntry;
import dev.in.library.LibraryEntryCodec;

/** Over HTTP. */
public final class HttpLibraryClient implements LibraryClient {
  private final EdgeConnection edge;

  public HttpLibraryClient(EdgeConnection edge) {
    this.edge = requireNonNull(edge, "edge is null");
  }

  @Override
  public UpdateAnswer put(String owner, String taskId, LibraryEntry entry, CallContext context) {
    EdgeRequest request =
        EdgeRequest.put(
            AccountPath.of(owner, "entries/" + taskId),
            UpdateJson.write(LibraryEntryCodec.write(entry)),
            context);
    return edge.call(request, context.timeLimit()).answer();
  }
}
