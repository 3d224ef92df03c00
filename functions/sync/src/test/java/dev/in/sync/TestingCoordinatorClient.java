package dev.in.sync;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.UpdateAnswer;
import java.util.ArrayList;
import java.util.List;

/** An edge that answers as planned, and records updates. */
final class TestingCoordinatorClient implements CoordinatorClient {
  private final List<StatusUpdate> updates = new ArrayList<>();
  private final List<CallContext> contexts = new ArrayList<>();
  private UpdateAnswer answer = new UpdateAnswer.Accepted();

  @Override
  public UpdateAnswer send(StatusUpdate update, CallContext context) {
    updates.add(update);
    contexts.add(context);
    return answer;
  }

  void answer(UpdateAnswer next) {
    answer = next;
  }

  List<StatusUpdate> updates() {
    return updates;
  }

  List<CallContext> contexts() {
    return contexts;
  }
}
