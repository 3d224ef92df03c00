package dev.in.sync;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedSyncIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "task.failed",
        """
        {"stage": "download", "code": "internal", "message": "nothing"}\
        """,
        "ack (the task is gone)");
  }
}
