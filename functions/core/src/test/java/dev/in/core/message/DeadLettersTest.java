package dev.in.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that can never be handled, and why. */
class DeadLettersTest {
  private final TestingPublisher publisher = new TestingPublisher();
  private final DeadLetters deadLetters =
      new DeadLetters(TestTopology.wholeChain(), publisher, new TestingClock(TestTask.START));

  /** Pub/Sub refuses a longer attribute, and the message would come back for ever. */
  @ParameterizedTest
  @CsvSource({"a, 1024", "ü, 512", "\uD83D\uDE00, 256"})
  void aReasonIsCutAtWholeCharactersWithin1024Bytes(String character, int most) {
    deadLetters.add(message(new byte[0]), character.repeat(2000));

    String reason = publisher.published().getFirst().attributes().get("deadLetterReason");
    assertThat(reason).isEqualTo(character.repeat(most));
    assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSize(1024);
  }

  @Test
  void aShortReasonIsKeptAsItIs() {
    deadLetters.add(message(new byte[0]), "not UTF-8");

    assertThat(publisher.published().getFirst().attributes())
        .containsEntry("deadLetterReason", "not UTF-8");
  }

  /** Firestore would refuse it at every delivery. */
  @Test
  void aMessageWithAReservedTaskIdIsDeadLetteredWithTheReason() {
    byte[] data =
        new String(
                TestTask.message(TestTask.request(Stage.DOWNLOAD), "m1", 1).data(),
                StandardCharsets.UTF_8)
            .replace(TestTask.ID, "__AAAAAAAAAAAAAAAAAA__")
            .getBytes(StandardCharsets.UTF_8);
    MessageDispatcher dispatcher =
        new MessageDispatcher(
            delivery -> {
              throw new AssertionError("not reached: " + delivery);
            },
            deadLetters);

    assertThat(dispatcher.handle(message(data))).isEqualTo(new Ack("dead-lettered"));

    assertThat(publisher.published().getFirst().topic()).isEqualTo("dead-letter-topic");
    assertThat(publisher.published().getFirst().attributes().get("deadLetterReason"))
        .startsWith("taskId must match (?!__.*__$)");
  }

  private static ReceivedMessage message(byte[] data) {
    return new ReceivedMessage(
        data, Map.of(), "m1", Optional.empty(), "projects/in-local/subscriptions/download", 1);
  }
}
