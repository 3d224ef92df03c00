package dev.in.ai;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedAiIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "ai.requested",
        """
        {"object": {"bucket": "b", "name": "tasks/a/1/original", "generation": 1},
         "contentType": "image/png", "sizeBytes": 1, "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "features": ["text"], "width": 1, "height": 1}\
        """,
        "ack (no such task)");
  }
}
