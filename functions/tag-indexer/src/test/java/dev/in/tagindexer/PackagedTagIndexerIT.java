package dev.in.tagindexer;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedTagIndexerIT extends PackagedFunctionSuite {
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
