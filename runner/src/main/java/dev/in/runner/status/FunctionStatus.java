package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a function is doing. All counts are since this process of it started, and empty where it does
 * not answer.
 *
 * @param failures the tasks that it has failed, by code
 * @param nacks the deliveries that it has refused, by reason
 * @param switches the feature switches that it obeys, as it sees them
 */
public record FunctionStatus(
    String name,
    long pid,
    int port,
    Health health,
    SortedMap<String, Long> failures,
    SortedMap<String, Long> nacks,
    SortedMap<String, Boolean> switches) {

  public FunctionStatus {
    requireNonNull(name, "name is null");
    requireNonNull(health, "health is null");
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    nacks = Collections.unmodifiableSortedMap(new TreeMap<>(nacks));
    switches = Collections.unmodifiableSortedMap(new TreeMap<>(switches));
  }
}
