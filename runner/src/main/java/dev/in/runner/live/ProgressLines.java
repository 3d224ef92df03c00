package dev.in.runner.live;

import dev.in.runner.terminal.Columns;
import dev.in.runner.terminal.Terminal;
import dev.in.runner.timeline.StepState;
import dev.in.runner.words.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws items as lines that fit a terminal. */
final class ProgressLines {
  private static final int MAX_NAME = 48;
  private static final int MIN_NAME = 12;
  private static final int TIME = 9;
  private static final String GAP = "  ";

  /** For the summary, and for the line that the cursor is on. */
  private static final int OTHER_ROWS = 2;

  private final boolean colors;

  ProgressLines(boolean colors) {
    this.colors = colors;
  }

  /** A line for each item that there is room for, and one for all. */
  List<String> of(List<ItemProgress> items, Terminal.Size size, Duration elapsed, long now) {
    int width = Math.max(1, size.columns() - 1);
    List<ItemProgress> shown = window(items, Math.max(0, size.rows() - OTHER_ROWS));
    int longest = items.stream().mapToInt(item -> Columns.of(item.name())).max().orElse(0);
    boolean roomy = width >= stepsWidth() + TIME + MIN_NAME + 2 * GAP.length();
    int stepsWidth = roomy ? stepsWidth() : longestStep();
    int room = width - stepsWidth - TIME - 2 * GAP.length();
    int name = Math.max(1, Math.min(Math.min(longest, MAX_NAME), room));
    List<String> lines = new ArrayList<>();
    for (ItemProgress item : shown) {
      String line = line(item, name, roomy, now);
      // Where not even that fits there is no room for colours.
      lines.add(room < 1 ? Columns.shortened(item.name(), width) : line);
    }
    lines.add(Columns.shortened(summary(items, elapsed), width));
    return lines;
  }

  private String line(ItemProgress item, int name, boolean roomy, long now) {
    String time = item.took(now).map(Numbers::duration).orElse("");
    String steps = roomy ? allSteps(item) : oneStep(item);
    String line =
        Columns.padded(Columns.shortened(item.name(), name), name)
            + GAP
            + steps
            + GAP
            + " ".repeat(Math.max(0, TIME - Columns.of(time)))
            + time;
    return line.stripTrailing();
  }

  private String allSteps(ItemProgress item) {
    List<StepState> states = item.steps();
    return IntStream.range(0, states.size())
        .mapToObj(index -> step(ItemProgress.STEPS.get(index), states.get(index)))
        .collect(Collectors.joining(GAP));
  }

  /** The one that matters: which failed, or runs, or ended last. */
  private String oneStep(ItemProgress item) {
    List<StepState> states = item.steps();
    int index =
        IntStream.range(0, states.size())
            .filter(at -> states.get(at) == StepState.FAILED || states.get(at) == StepState.RUNNING)
            .findFirst()
            .orElse(Math.max(0, states.lastIndexOf(StepState.DONE)));
    String name = ItemProgress.STEPS.get(index);
    String rest = " ".repeat(longestStep() - name.length() - 2);
    return step(name, states.get(index)) + rest;
  }

  private String step(String name, StepState state) {
    return switch (state) {
      case DONE -> name + " " + colored("32", "✓");
      case RUNNING -> colored("1", name + " …");
      case FAILED -> colored("31", name + " ✗");
      case PENDING, NOT_REACHED -> colored("2", name + " ·");
    };
  }

  private String colored(String code, String text) {
    return colors ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static int stepsWidth() {
    return ItemProgress.STEPS.stream().mapToInt(name -> name.length() + 2).sum()
        + (ItemProgress.STEPS.size() - 1) * GAP.length();
  }

  private static int longestStep() {
    return ItemProgress.STEPS.stream().mapToInt(String::length).max().orElse(0) + 2;
  }

  private static String summary(List<ItemProgress> items, Duration elapsed) {
    long completed = count(items, ItemProgress.Phase.COMPLETED);
    long failed = count(items, ItemProgress.Phase.FAILED);
    long inProgress = count(items, ItemProgress.Phase.IN_PROGRESS);
    return "%d of %s completed%s%s, %s"
        .formatted(
            completed,
            Numbers.of(items.size(), "image", "images"),
            failed == 0 ? "" : ", %d failed".formatted(failed),
            inProgress == 0 ? "" : ", %d in progress".formatted(inProgress),
            Numbers.duration(elapsed));
  }

  private static long count(List<ItemProgress> items, ItemProgress.Phase phase) {
    return items.stream().filter(item -> item.phase() == phase).count();
  }

  /** In progress first, then failed, waiting, completed; otherwise in the order given. */
  private static List<ItemProgress> window(List<ItemProgress> items, int rows) {
    if (items.size() <= rows) {
      return items;
    }
    return IntStream.range(0, items.size())
        .boxed()
        .sorted(Comparator.comparingInt(index -> rank(items.get(index).phase())))
        .limit(rows)
        .sorted()
        .map(items::get)
        .toList();
  }

  private static int rank(ItemProgress.Phase phase) {
    return switch (phase) {
      case IN_PROGRESS -> 0;
      case FAILED -> 1;
      case WAITING -> 2;
      case COMPLETED -> 3;
    };
  }
}
