package dev.in.analytics;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedAnalyticsIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "task.failed",
        """
        {"stage": "download", "code": "internal", "message": "nothing"}\
        """,
        "ack (counted in the history)");
  }
}
