package dev.in.runner.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a function's {@code /q/metrics} says, in Prometheus' text format.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
record Metrics(List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*?)\\})? +([-+0-9.eE]+|NaN|[-+]?Inf)\\b.*");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  record Sample(String name, Map<String, String> labels, double value) {}

  static Metrics parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        samples.add(new Sample(sample.group(1), labels(sample.group(2)), number(sample.group(3))));
      }
    }
    return new Metrics(samples);
  }

  /** The values of a counter's series that have these labels, summed up by another label. */
  SortedMap<String, Long> counts(String name, String by, Map<String, String> where) {
    SortedMap<String, Long> counts = new TreeMap<>();
    series(name)
        .filter(sample -> sample.labels().entrySet().containsAll(where.entrySet()))
        .forEach(
            sample ->
                counts.merge(
                    sample.labels().getOrDefault(by, ""), Math.round(sample.value()), Long::sum));
    return counts;
  }

  /** A gauge's series that are one or zero, by a label. */
  SortedMap<String, Boolean> flags(String name, String by) {
    SortedMap<String, Boolean> flags = new TreeMap<>();
    series(name)
        .forEach(sample -> flags.put(sample.labels().getOrDefault(by, ""), sample.value() != 0));
    return flags;
  }

  private Stream<Sample> series(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }

  private static double number(String text) {
    return text.endsWith("Inf")
        ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : Double.parseDouble(text);
  }
}
