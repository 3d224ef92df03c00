package dev.in.topology;

import dev.in.events.EventType;
import dev.in.events.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every topic, subscription, function and clock of iN, as {@code topology.yaml} has them; defaults
 * filled in, references checked, filters derived.
 *
 * @param chain the stages of a task in order; the last one's completion completes the task
 * @param topics by name, in the file's order
 * @param functions by name, in the file's order
 * @param subscriptions by name, in the file's order
 */
public record Topology(
    Clocks clocks,
    List<Stage> chain,
    Map<String, Topic> topics,
    Map<String, Function> functions,
    Map<String, Subscription> subscriptions,
    DeadLetter deadLetter) {

  /** The topology that is packed beside this class. */
  public static Topology load() {
    return TopologyReader.readPacked();
  }

  /** The same with every duration divided; for tests only, see {@code IN_TIME_SCALE}. */
  public Topology scaled(double timeScale) {
    return timeScale == 1 ? this : TopologyScaler.scale(this, timeScale);
  }

  /** The stage after that one, if the chain goes on. */
  public Optional<Stage> next(Stage stage) {
    int index = chain.indexOf(stage);
    return index >= 0 && index + 1 < chain.size()
        ? Optional.of(chain.get(index + 1))
        : Optional.empty();
  }

  /** The stage before that one, unless the chain begins with it. */
  public Optional<Stage> previous(Stage stage) {
    int index = chain.indexOf(stage);
    return index > 0 ? Optional.of(chain.get(index - 1)) : Optional.empty();
  }

  /** The one topic that carries messages of that type. */
  public Topic topicOf(EventType type) {
    return topics.values().stream()
        .filter(topic -> topic.messages().contains(type))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no topic carries " + type.wireName()));
  }

  /**
   * The topics that the edge publishes to: the chain's first stage's, and those that no function
   * publishes to.
   */
  public List<Topic> edgeTopics() {
    Topic first = topicOf(chain.getFirst().request());
    return topics.values().stream()
        .filter(
            topic ->
                topic.equals(first)
                    || functions.values().stream()
                        .noneMatch(function -> function.publishes().contains(topic.name())))
        .toList();
  }

  /** The subscriptions that push to that function. */
  public List<Subscription> subscriptionsOf(String function) {
    return subscriptions.values().stream()
        .filter(subscription -> subscription.function().equals(Optional.of(function)))
        .toList();
  }

  /** The subscriptions that are made: the enabled ones and those switched on by name. */
  public List<Subscription> subscriptions(Collection<String> switchedOn) {
    return subscriptions.values().stream()
        .filter(subscription -> subscription.enabled() || switchedOn.contains(subscription.name()))
        .toList();
  }

  /**
   * @param workBudget one stage's work on one image
   * @param lease how long a claim on a stage holds
   * @param requestTimeout Cloud Run's
   * @param ackDeadline Pub/Sub's, which is also its HTTP timeout for a push
   * @param backoff between deliveries of one message
   * @param taskDeadline when reconciliation fails a task with {@code timed_out}
   * @param internalAfter how long errors in a row that look like bugs must last to fail a task
   * @param overdueAfter when the edge marks a task overdue
   * @param retention how long a subscription keeps unacknowledged messages
   * @param historyTtl how long the history keeps events
   * @param documentTtl how long documents live
   */
  public record Clocks(
      Duration workBudget,
      Duration lease,
      Duration requestTimeout,
      Duration ackDeadline,
      Backoff backoff,
      Duration taskDeadline,
      Duration internalAfter,
      Duration overdueAfter,
      Duration retention,
      Duration historyTtl,
      Duration documentTtl) {}

  public record Backoff(Duration minimum, Duration maximum) {}

  public record Topic(String name, Kind kind, List<EventType> messages) {
    /**
     * Task topics drive the chain, one consumer each; event topics announce, to any number; a
     * command topic has one consumer, too, which executes.
     */
    public enum Kind {
      TASK,
      EVENT,
      COMMAND,
      DEAD_LETTER
    }
  }

  /**
   * @param does one line for people
   * @param side whether it consumes events beside the chain, and nobody waits for it
   * @param replayable whether events of the history may be sent to it again: nothing leaves iN
   *     because of them, and the same event twice is the same state
   * @param publishes the topics that it may publish to
   * @param needs what else it may use
   * @param tick when Cloud Scheduler calls it, if it does
   */
  public record Function(
      String name,
      String does,
      boolean side,
      boolean replayable,
      List<String> publishes,
      Set<Need> needs,
      Service service,
      Optional<Tick> tick) {}

  /**
   * A regular call without content, with the same token as Pub/Sub's pushes.
   *
   * @param path of the function's service
   */
  public record Tick(String path, Duration every) {}

  /** What a function may use beside the topics; its rights in Google Cloud are made of it. */
  public enum Need {
    READ_TASKS,
    /** Reading included, as with {@link #READ_TASKS}. */
    WRITE_TASKS,
    READ_IMAGES,
    /** Makes and deletes what is under {@code tasks/} in the images bucket. */
    WRITE_IMAGES,
    /** Deletes what is in the images bucket, uploads included. */
    DELETE_IMAGES,
    /** The records of mails that were sent; Firestore gives rights to a whole database alone. */
    WRITE_MAILS,
    /** The history of events. */
    WRITE_HISTORY,
    /** Cloud Vision. */
    VISION,
    /** The coordinators at the edge. */
    EDGE
  }

  /**
   * One instance of a function's Cloud Run service.
   *
   * @param cpu whole vCPUs: with less than one Cloud Run gives an instance one request at a time
   * @param memoryMiB for the heap and all else
   * @param concurrency messages that it works on at once
   */
  public record Service(int cpu, int memoryMiB, int concurrency) {}

  public record DeadLetter(String topic, int maxDeliveryAttempts) {}

  /**
   * @param function the one that is pushed to; empty where the subscription is pulled or only holds
   * @param filter in Pub/Sub's filter language, older event names included
   * @param enabled whether it is made without being switched on by name
   */
  public record Subscription(
      String name,
      String topic,
      Optional<String> function,
      Optional<String> filter,
      boolean enabled,
      Duration ackDeadline,
      Backoff backoff,
      Duration retention,
      Optional<DeadLetter> deadLetter) {

    /** Whether the filter lets messages of that type through. */
    public boolean passes(EventType type) {
      return filter.stream()
          .allMatch(names -> names.contains("attributes.eventType = \"" + type.wireName() + "\""));
    }
  }
}
