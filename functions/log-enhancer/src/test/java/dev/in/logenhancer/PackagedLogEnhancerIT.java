package dev.in.logenhancer;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedLogEnhancerIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "task.failed",
        """
        {"stage": "download", "code": "internal", "message": "nothing"}\
        """,
        "ack (added to the history)");
  }
}
