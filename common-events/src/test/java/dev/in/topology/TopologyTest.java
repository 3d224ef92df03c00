package dev.in.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.in.events.EventType;
import dev.in.events.Stage;
import dev.in.events.TaskCommand;
import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.Need;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packed topology promises of its topics, subscriptions and functions. */
class TopologyTest {
  private static final Topology TOPOLOGY = Topology.load();
  private static final Clocks CLOCKS = TOPOLOGY.clocks();

  /** Of these, an outage of what they call delays messages and loses none. */
  private static final Set<String> NEVER_DEAD =
      Set.of("sync", "notification", "tag-indexer", "log-enhancer");

  static Stream<Subscription> subscriptions() {
    return TOPOLOGY.subscriptions().values().stream();
  }

  @Test
  void progressIsSwitchedOnByName() {
    assertThat(TOPOLOGY.subscriptions(Set.of()))
        .extracting(Subscription::name)
        .doesNotContain("notification-progress")
        .contains("sync", "download");
    assertThat(TOPOLOGY.subscriptions(Set.of("notification-progress")))
        .extracting(Subscription::name)
        .contains("notification-progress", "sync", "download");
  }

  @Test
  void whatWaitsForAnOutageToEndAndTheDeadLettersThemselvesHaveNoDeadLetter() {
    assertThat(subscriptions())
        .allSatisfy(
            subscription ->
                assertThat(subscription.deadLetter().isEmpty())
                    .as(subscription.name())
                    .isEqualTo(
                        subscription.function().filter(NEVER_DEAD::contains).isPresent()
                            || subscription.topic().equals(TOPOLOGY.deadLetter().topic())));
    assertThat(TOPOLOGY.deadLetter()).isEqualTo(new Topology.DeadLetter("dead-letter-topic", 100));
  }

  /** https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
  @Test
  void pubSubTakesEveryName() {
    assertThat(
            Stream.concat(
                TOPOLOGY.topics().keySet().stream(), subscriptions().map(Subscription::name)))
        .allMatch(name -> name.matches("(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}"));
  }

  @Test
  void everyTopicHasASubscriptionOnceItsStageIsInTheChain() {
    assertThat(TOPOLOGY.topics().values())
        .filteredOn(topic -> topic.kind() != Topic.Kind.TASK || isInChain(topic))
        .allSatisfy(topic -> assertThat(subscriptionsOf(topic)).as(topic.name()).isNotEmpty());
  }

  @Test
  void aTaskTopicHasOneConsumerAndItIsTheStagesFunction() {
    assertThat(TOPOLOGY.chain()).isNotEmpty().doesNotHaveDuplicates();
    for (Stage stage : TOPOLOGY.chain()) {
      Topic topic = TOPOLOGY.topicOf(stage.request());
      assertThat(topic.kind()).isEqualTo(Topic.Kind.TASK);
      assertThat(topic.messages()).containsExactly(stage.request());
      assertThat(topic.name()).isEqualTo(stage.wireName() + "-topic");
      assertThat(subscriptionsOf(topic)).hasSize(1);
      Subscription subscription = subscriptionsOf(topic).getFirst();
      assertThat(subscription.name()).startsWith(stage.wireName());
      assertThat(subscription.function()).contains(stage.wireName());
      assertThat(subscription.enabled()).isTrue();
      assertThat(subscription.filter()).isEmpty();
    }
  }

  @Test
  void aStageThatIsNotInTheChainHasNoConsumer() {
    assertThat(TOPOLOGY.topics().values())
        .filteredOn(topic -> topic.kind() == Topic.Kind.TASK && !isInChain(topic))
        .allSatisfy(topic -> assertThat(subscriptionsOf(topic)).as(topic.name()).isEmpty());
  }

  @Test
  void aStageMayPublishWhatFollowsIt() {
    for (Stage stage : TOPOLOGY.chain()) {
      assertThat(TOPOLOGY.functions().get(stage.wireName()).publishes())
          .as(stage.wireName())
          .contains("image-events", "task-lifecycle-events", TOPOLOGY.deadLetter().topic());
      TOPOLOGY
          .next(stage)
          .ifPresent(
              next ->
                  assertThat(TOPOLOGY.functions().get(stage.wireName()).publishes())
                      .contains(TOPOLOGY.topicOf(next.request()).name()));
    }
  }

  @Test
  void aStageWritesTasks() {
    for (Stage stage : TOPOLOGY.chain()) {
      assertThat(TOPOLOGY.functions().get(stage.wireName()).needs())
          .as(stage.wireName())
          .contains(Need.WRITE_TASKS);
    }
  }

  @Test
  void onlyDownloadWritesImagesOnlyRecoveryDeletesThemAndOnlyTheseCallTheEdge() {
    assertThat(functionsThatNeed(Need.WRITE_IMAGES)).containsExactly("download");
    assertThat(functionsThatNeed(Need.DELETE_IMAGES)).containsExactly("recovery");
    assertThat(functionsThatNeed(Need.EDGE)).containsExactly("sync", "notification", "tag-indexer");
    assertThat(functionsThatNeed(Need.VISION)).containsExactly("ai");
  }

  @Test
  void everyFunctionIsCalledAndNamed() {
    assertThat(TOPOLOGY.functions().values())
        .isNotEmpty()
        .allSatisfy(
            function -> {
              assertThat(function.does()).isNotBlank();
              assertThat(
                      function.tick().isPresent()
                          || !TOPOLOGY.subscriptionsOf(function.name()).isEmpty())
                  .isTrue();
            });
  }

  @Test
  void aSideConsumerHasNoPartInTheChain() {
    assertThat(TOPOLOGY.functions().values())
        .filteredOn(Topology.Function::side)
        .isNotEmpty()
        .allSatisfy(
            function -> {
              assertThat(Stage.fromWire(function.name())).as(function.name()).isEmpty();
              assertThat(function.needs())
                  .doesNotContain(Need.WRITE_TASKS, Need.WRITE_IMAGES, Need.DELETE_IMAGES);
              assertThat(TOPOLOGY.subscriptionsOf(function.name()))
                  .allSatisfy(
                      subscription ->
                          assertThat(TOPOLOGY.topics().get(subscription.topic()).kind())
                              .isEqualTo(Topic.Kind.EVENT));
            });
  }

  @Test
  void onlyTheLibraryIsFilledByReplays() {
    assertThat(TOPOLOGY.functions().values())
        .filteredOn(Topology.Function::replayable)
        .extracting(Topology.Function::name)
        .containsExactly("tag-indexer");
  }

  @Test
  void aFilterLetsItsTypesThroughAndWithoutOneAllPass() {
    Subscription indexed = TOPOLOGY.subscriptions().get("tag-indexer");
    assertThat(EventType.values())
        .filteredOn(indexed::passes)
        .containsExactly(EventType.TASK_COMPLETED, EventType.TASK_FAILED);
    assertThat(EventType.values())
        .allMatch(TOPOLOGY.subscriptions().get("log-enhancer-lifecycle")::passes);
  }

  @Test
  void theHistoryHasAllEventsOfAllEventTopics() {
    assertThat(TOPOLOGY.topics().values())
        .filteredOn(topic -> topic.kind() == Topic.Kind.EVENT)
        .isNotEmpty()
        .allSatisfy(
            topic ->
                assertThat(TOPOLOGY.subscriptionsOf("log-enhancer"))
                    .filteredOn(subscription -> subscription.topic().equals(topic.name()))
                    .singleElement()
                    .satisfies(
                        subscription -> {
                          assertThat(subscription.filter()).isEmpty();
                          assertThat(subscription.enabled()).isTrue();
                        }));
  }

  @Test
  void everyFunctionHasAFolderOfItsOwn() throws IOException {
    Set<String> modules = dev.in.modules.Modules.load().modules().keySet();
    assertThat(TOPOLOGY.functions().keySet())
        .allSatisfy(function -> assertThat(modules).contains("functions/" + function));
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageIsCarriedByOneTopicOfItsKind(EventType type) {
    assertThat(TOPOLOGY.topics().values())
        .filteredOn(topic -> topic.messages().contains(type))
        .containsExactly(TOPOLOGY.topicOf(type));
    assertThat(TOPOLOGY.topicOf(type).kind()).isEqualTo(kindOf(type));
  }

  private static Topic.Kind kindOf(EventType type) {
    if (TaskCommand.class.isAssignableFrom(type.payloadType())) {
      return Topic.Kind.COMMAND;
    }
    return type.wireName().endsWith(".requested") ? Topic.Kind.TASK : Topic.Kind.EVENT;
  }

  @Test
  void commandsHaveOneConsumer() {
    assertThat(subscriptionsOf(TOPOLOGY.topicOf(EventType.TASK_REDRIVE)))
        .singleElement()
        .satisfies(
            commands -> {
              assertThat(commands.filter()).isEmpty();
              assertThat(commands.enabled()).isTrue();
            });
  }

  @Test
  void aSubscriptionAsksForNothingThatItsTopicDoesNotCarry() throws IOException {
    yaml()
        .path("subscriptions")
        .properties()
        .forEach(
            subscription ->
                subscription
                    .getValue()
                    .path("messages")
                    .forEach(
                        name ->
                            assertThat(
                                    TOPOLOGY
                                        .topicOf(EventType.fromWire(name.asText()).orElseThrow())
                                        .name())
                                .as(subscription.getKey())
                                .isEqualTo(subscription.getValue().path("topic").asText())));
  }

  private static final String ENDS =
      "attributes.eventType = \"task.completed\" OR attributes.eventType = \"task.failed\"";

  @Test
  void theFiltersAreExactlyThese() {
    Map<String, String> filters = new HashMap<>();
    subscriptions()
        .forEach(
            subscription ->
                subscription.filter().ifPresent(f -> filters.put(subscription.name(), f)));
    assertThat(filters)
        .containsExactlyInAnyOrderEntriesOf(Map.of("sync", ENDS, "tag-indexer", ENDS));
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void aFilterIsShortEnoughForPubSub(Subscription subscription) {
    assertThat(subscription.filter().orElse("").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void theOlderNamesInTheFileAreThoseThatAreRead() throws IOException {
    Map<String, String> inFile = new HashMap<>();
    yaml()
        .path("legacyEventTypes")
        .properties()
        .forEach(entry -> inFile.put(entry.getKey(), entry.getValue().asText()));
    Map<String, String> inCode = new HashMap<>();
    Arrays.stream(EventType.values())
        .forEach(type -> type.legacyNames().forEach(name -> inCode.put(name, type.wireName())));
    assertThat(inFile).isEqualTo(inCode);
  }

  @Test
  void theChainGoesOnToTheNextStageAndEnds() {
    Topology whole =
        new Topology(
            CLOCKS,
            List.of(Stage.DOWNLOAD, Stage.METADATA),
            TOPOLOGY.topics(),
            TOPOLOGY.functions(),
            TOPOLOGY.subscriptions(),
            TOPOLOGY.deadLetter());
    assertThat(whole.next(Stage.DOWNLOAD)).contains(Stage.METADATA);
    assertThat(whole.next(Stage.METADATA)).isEmpty();
    assertThat(whole.next(Stage.AI)).isEmpty();
  }

  @Test
  void theEdgePublishesWhatBeginsTasksAndWhatNoFunctionSays() {
    assertThat(TOPOLOGY.edgeTopics())
        .extracting(Topic::name)
        .containsExactly("download-topic", "account-events", "task-commands");
  }

  @Test
  void aTypeThatNoTopicCarriesIsAnError() {
    Topology bare =
        new Topology(
            CLOCKS,
            TOPOLOGY.chain(),
            Map.of(),
            TOPOLOGY.functions(),
            TOPOLOGY.subscriptions(),
            TOPOLOGY.deadLetter());
    assertThatIllegalStateException()
        .isThrownBy(() -> bare.topicOf(EventType.TASK_FAILED))
        .withMessage("no topic carries task.failed");
  }

  private static List<String> functionsThatNeed(Need need) {
    return TOPOLOGY.functions().values().stream()
        .filter(function -> function.needs().contains(need))
        .map(Topology.Function::name)
        .toList();
  }

  private static boolean isInChain(Topic topic) {
    return TOPOLOGY.chain().stream().anyMatch(stage -> topic.messages().contains(stage.request()));
  }

  private static List<Subscription> subscriptionsOf(Topic topic) {
    return subscriptions()
        .filter(subscription -> subscription.topic().equals(topic.name()))
        .toList();
  }

  private static JsonNode yaml() throws IOException {
    return new YAMLMapper().readTree(Path.of("src/main/resources/topology.yaml").toFile());
  }
}
