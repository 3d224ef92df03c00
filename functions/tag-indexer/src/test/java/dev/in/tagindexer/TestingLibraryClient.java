package dev.in.tagindexer;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.LibraryClient;
import dev.in.coordinator.UpdateAnswer;
import dev.in.library.LibraryEntry;
import java.util.ArrayList;
import java.util.List;

/** An edge that answers as planned, and records entries. */
final class TestingLibraryClient implements LibraryClient {
  /** One call. */
  record Put(String owner, String taskId, LibraryEntry entry, CallContext context) {}

  private final List<Put> puts = new ArrayList<>();
  private UpdateAnswer answer = new UpdateAnswer.Accepted();

  @Override
  public UpdateAnswer put(String owner, String taskId, LibraryEntry entry, CallContext context) {
    puts.add(new Put(owner, taskId, entry, context));
    return answer;
  }

  void answer(UpdateAnswer next) {
    answer = next;
  }

  List<Put> puts() {
    return puts;
  }
}
