package dev.in.emulator.pubsub.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PushBodyTest {
  private static final PubsubMessage MESSAGE =
      PubsubMessage.newBuilder()
          .setData(ByteString.copyFrom(new byte[] {(byte) 0xff, 0, 'i', 'N'}))
          .putAttributes("taskId", "t-1")
          .putAttributes("eventType", "task.completed")
          .setMessageId("2070443601311540")
          .setPublishTime(Timestamps.fromMillis(1_614_366_835_749L))
          .build();

  @Test
  void wrapsAMessageAsPubSubDoes() {
    assertThat(body(MESSAGE, OptionalInt.of(3)))
        .isEqualTo(
            """
            {"message":{"attributes":{"eventType":"task.completed","taskId":"t-1"},\
            "data":"/wBpTg==","messageId":"2070443601311540","message_id":"2070443601311540",\
            "publishTime":"2021-02-26T19:13:55.749Z","publish_time":"2021-02-26T19:13:55.749Z"},\
            "subscription":"projects/in-local/subscriptions/sync","deliveryAttempt":3}\
            """);
  }

  @Test
  void leavesOutTheAttemptWithoutADeadLetterPolicy() {
    assertThat(body(MESSAGE, OptionalInt.empty())).doesNotContain("deliveryAttempt");
  }

  @Test
  void leavesOutDataThatIsEmptyAndNamesAnOrderingKeyThatIsThere() {
    PubsubMessage message = MESSAGE.toBuilder().clearData().setOrderingKey("k").build();
    assertThat(body(message, OptionalInt.empty()))
        .doesNotContain("\"data\"")
        .contains("\"orderingKey\":\"k\"");
    assertThat(body(MESSAGE, OptionalInt.empty())).doesNotContain("orderingKey");
  }

  private static String body(PubsubMessage message, OptionalInt attempt) {
    return new String(
        PushBody.of(message, "projects/in-local/subscriptions/sync", attempt),
        StandardCharsets.UTF_8);
  }
}
