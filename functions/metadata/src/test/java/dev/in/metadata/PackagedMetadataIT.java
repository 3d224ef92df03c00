package dev.in.metadata;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedMetadataIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "metadata.requested",
        """
        {"object": {"bucket": "b", "name": "tasks/a/1/original", "generation": 1},
         "contentType": "image/png", "sizeBytes": 1, "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "features": ["text"]}\
        """,
        "ack (no such task)");
  }
}
