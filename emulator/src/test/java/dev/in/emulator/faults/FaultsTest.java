package dev.in.emulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  private static final Effect.FailBefore UNAVAILABLE =
      new Effect.FailBefore(Status.Code.UNAVAILABLE);

  private final Faults faults = new Faults();

  @Test
  void aStarStandsForAnything() {
    faults.add(FaultRule.always("google.firestore.v1.Firestore/*", UNAVAILABLE));
    assertThat(faults.onCall("google.firestore.v1.Firestore/Commit")).contains(UNAVAILABLE);
    assertThat(faults.onCall("googleXfirestore.v1.Firestore/Commit")).isEmpty();
    assertThat(faults.onCall("storage.objects.insert")).isEmpty();
  }

  @Test
  void theRuleThatWasSetFirstAndHitsDecides() {
    Effect.Hang hang = new Effect.Hang();
    faults.add(FaultRule.first(1, "storage.*", hang));
    faults.add(FaultRule.always("*", UNAVAILABLE));
    assertThat(faults.onCall("storage.objects.get")).contains(hang);
    assertThat(faults.onCall("storage.objects.get")).contains(UNAVAILABLE);
  }

  @Test
  void aRuleForAllCallsLeavesDeliveriesAlone() {
    faults.add(FaultRule.always("*", UNAVAILABLE));
    assertThat(faults.onDelivery("sync")).isEmpty();
  }

  @Test
  void aChanceHitsTheSameCallsForTheSameSeed() {
    assertThat(hits(new When.Chance(0.3, 42))).isEqualTo(hits(new When.Chance(0.3, 42)));
    assertThat(hits(new When.Chance(0.3, 42))).isNotEqualTo(hits(new When.Chance(0.3, 43)));
    assertThat(hits(new When.Chance(0.3, 42)).size()).isBetween(250, 350);
    assertThat(hits(new When.Chance(0, 42))).isEmpty();
    assertThat(hits(new When.Chance(1, 42))).hasSize(1_000);
  }

  private static List<Long> hits(When when) {
    return LongStream.rangeClosed(1, 1_000).filter(when::hits).boxed().toList();
  }

  @Test
  void anEffectMustFitWhatItHits() {
    assertThatThrownBy(() -> FaultRule.always("storage.*", new Effect.Refuse(503)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultRule.always("pubsub.deliver/sync", UNAVAILABLE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Effect.FailBefore(Status.Code.OK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Effect.Refuse(200)).isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<FaultRule> rules() {
    return Stream.of(
        new FaultRule("a", new When.Always(), UNAVAILABLE),
        new FaultRule("a", new When.First(3), new Effect.FailAfter(Status.Code.ABORTED)),
        new FaultRule("a", new When.Nth(Set.of(1L, 3L)), new Effect.Delay(Duration.ofMillis(20))),
        new FaultRule("a", new When.Chance(0.25, 7), new Effect.Hang()),
        FaultRule.onDelivery("s", new When.Always(), new Effect.Refuse(429)),
        FaultRule.onDelivery("s", new When.Always(), new Effect.Abandon(504, Duration.ofMillis(5))),
        FaultRule.onDelivery("s", new When.Always(), new Effect.RemoveSignature()),
        FaultRule.onDelivery("s", new When.Always(), new Effect.Duplicate()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsTheSameAfterATripThroughJson(FaultRule rule) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    String json = mapper.writeValueAsString(FaultJson.write(new Faults.Active("1", rule, 0, 0)));
    // "when" of a rule that always hits is written as an empty object.
    FaultRule read = FaultJson.read(mapper.readTree(json.replace("\"when\":{}", "\"when\":null")));
    assertThat(read).isEqualTo(rule);
  }
}
