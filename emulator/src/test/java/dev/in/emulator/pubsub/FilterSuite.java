package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.pubsub.v1.PubsubMessage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription receives what its filter lets pass. */
abstract class FilterSuite extends Suite {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "attributes.type = \"image.analyzed\"                                  | analyzed",
        "attributes.type != \"image.analyzed\"                                 | failed,plain",
        "hasPrefix(attributes.type, \"task.\")                                 | failed",
        "attributes:type                                                       | analyzed,failed",
        "NOT attributes:type                                                   | plain",
        "attributes:type AND NOT hasPrefix(attributes.type, \"task.\")         | analyzed",
        "attributes.n = \"1\" OR attributes.type = \"task.failed\"             | analyzed,failed",
        "attributes:type AND (attributes.n = \"1\" OR attributes.n = \"3\")    | analyzed",
      })
  void onlyMatchingMessagesArrive(String filter, String expected) {
    assume(backend().features().filters(), "filters");
    String topic = clients.topic();
    String subscription = clients.subscription(topic, s -> s.setFilter(filter));
    publish(topic, "analyzed", "image.analyzed", "1");
    publish(topic, "failed", "task.failed", "2");
    clients.publish(topic, "plain");
    List<String> wanted = List.of(expected.split(","));
    assertThat(texts(clients.pull(subscription, wanted.size())))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes.a = b",
        "attributes:a AND attributes:b OR attributes:c",
        "data = \"x\"",
        "attributes.a > \"b\"",
        "(attributes:a",
      })
  void whatIsNoFilterIsRefused(String filter) {
    assume(backend().features().filters(), "filters");
    String topic = clients.topic();
    assertRefused(
        Code.INVALID_ARGUMENT, () -> clients.subscription(topic, s -> s.setFilter(filter)));
  }

  private void publish(String topic, String text, String type, String n) {
    PubsubMessage message =
        PubSubClients.message(text).toBuilder()
            .putAttributes("type", type)
            .putAttributes("n", n)
            .build();
    clients.publish(topic, message);
  }
}
