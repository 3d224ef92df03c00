package dev.in.sync;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedSyncIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "task.completed",
        """
        {"contentType": "image/png", "sizeBytes": 1, "sha256": "%s", "durationMs": 1}\
        """
            .formatted("0".repeat(64)),
        "ack (the task is gone)");
  }
}
