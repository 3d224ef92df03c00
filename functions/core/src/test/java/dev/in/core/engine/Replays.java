package dev.in.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.publish.Outgoing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a replay must be: the same message to the byte. */
final class Replays {
  private Replays() {}

  static void assertIdenticalPerId(List<Outgoing> published) {
    Map<String, Outgoing> first = new HashMap<>();
    for (Outgoing message : published) {
      Outgoing before = first.putIfAbsent(message.attributes().get("eventId"), message);
      if (before != null) {
        assertThat(message.data()).asString().isEqualTo(new String(before.data()));
        assertThat(message.attributes()).isEqualTo(before.attributes());
        assertThat(message.topic()).isEqualTo(before.topic());
      }
    }
  }
}
