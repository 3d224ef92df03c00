package dev.in.recovery;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedRecoveryIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "task.redrive",
        """
        {"operationId": "operation_0123456789"}\
        """,
        "ack (no task)");
  }
}
