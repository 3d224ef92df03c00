package dev.in.emulator.pubsub.config;

import io.grpc.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names: {@code projects/P/topics/T} and {@code projects/P/subscriptions/S}. */
public final class ResourceNames {
  /** What a subscription shows as its topic after that was deleted. */
  public static final String DELETED_TOPIC = "_deleted-topic_";

  private static final Pattern PROJECT = Pattern.compile("projects/([^/]+)");
  // Google's rule: a letter, then 2 to 254 of these; "goog" is reserved.
  private static final String ID = "((?!goog)[A-Za-z][A-Za-z0-9\\-_.~+%]{2,254})";
  private static final Pattern TOPIC = Pattern.compile("projects/([^/]+)/topics/" + ID);
  private static final Pattern SUBSCRIPTION =
      Pattern.compile("projects/([^/]+)/subscriptions/" + ID);

  private ResourceNames() {}

  public static String topic(String project, String id) {
    return "projects/" + project + "/topics/" + id;
  }

  public static String subscription(String project, String id) {
    return "projects/" + project + "/subscriptions/" + id;
  }

  public static String checkedTopic(String name) {
    return checked(TOPIC, name, "topic");
  }

  public static String checkedSubscription(String name) {
    return checked(SUBSCRIPTION, name, "subscription");
  }

  public static String checkedProject(String name) {
    return checked(PROJECT, name, "project");
  }

  public static String project(String resource) {
    return resource.split("/", 3)[1];
  }

  public static String id(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  private static String checked(Pattern pattern, String name, String kind) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("Invalid " + kind + " name: (name=" + name + ")")
          .asRuntimeException();
    }
    return name;
  }
}
