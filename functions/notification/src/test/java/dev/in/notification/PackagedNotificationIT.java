package dev.in.notification;

import dev.in.core.testing.PackagedFunctionSuite;

class PackagedNotificationIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "webhook.disabled",
        """
        {"webhookId": "nowhereToBeFound0000", "reason": "gone", "failingSince": 1}\
        """,
        "ack (no mail server is configured)");
  }
}
