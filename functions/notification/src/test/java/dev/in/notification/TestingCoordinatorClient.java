package dev.in.notification;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.UpdateAnswer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An edge that answers as planned, and records updates. */
@Singleton
class TestingCoordinatorClient implements CoordinatorClient {
  private final List<StatusUpdate> updates = new CopyOnWriteArrayList<>();
  private volatile UpdateAnswer answer = new UpdateAnswer.Accepted();

  @Override
  public UpdateAnswer send(StatusUpdate update, CallContext context) {
    updates.add(update);
    return answer;
  }

  void startOver() {
    updates.clear();
    answer = new UpdateAnswer.Accepted();
  }

  void answer(UpdateAnswer next) {
    answer = next;
  }

  List<StatusUpdate> updates() {
    return updates;
  }
}
