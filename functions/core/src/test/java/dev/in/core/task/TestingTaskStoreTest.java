package dev.in.core.task;

/** The double is held to the same promises as the real store. */
class TestingTaskStoreTest extends TaskStoreSuite {
  private final TestingTaskStore store = new TestingTaskStore();

  @Override
  TaskStore store() {
    return store;
  }

  @Override
  void expire(String taskId) {
    store.expire(taskId);
  }
}
