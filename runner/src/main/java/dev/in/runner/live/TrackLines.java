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

/** Draws tracks as lines that fit a terminal. */
final class TrackLines {
  private static final int LONGEST_NAME = 48;
  private static final int SHORTEST_NAME = 12;
  private static final int TIME = 9;
  private static final String GAP = "  ";

  /** For the summary, and for the line that the cursor is on. */
  private static final int OTHER_ROWS = 2;

  private final boolean colors;

  TrackLines(boolean colors) {
    this.colors = colors;
  }

  /** A line for each track that there is room for, and one for all. */
  List<String> of(List<Track> tracks, Terminal.Size size, Duration elapsed, long now) {
    int width = Math.max(1, size.columns() - 1);
    List<Track> shown = window(tracks, Math.max(0, size.rows() - OTHER_ROWS));
    int longest = tracks.stream().mapToInt(track -> Columns.of(track.name())).max().orElse(0);
    boolean roomy = width >= stepsWidth() + TIME + SHORTEST_NAME + 2 * GAP.length();
    int stepsWidth = roomy ? stepsWidth() : longestStep();
    int room = width - stepsWidth - TIME - 2 * GAP.length();
    int name = Math.max(1, Math.min(Math.min(longest, LONGEST_NAME), room));
    List<String> lines = new ArrayList<>();
    for (Track track : shown) {
      String line = line(track, name, roomy, now);
      // Where not even that fits there is no room for colours.
      lines.add(room < 1 ? Columns.shortened(track.name(), width) : line);
    }
    lines.add(Columns.shortened(summary(tracks, elapsed), width));
    return lines;
  }

  private String line(Track track, int name, boolean roomy, long now) {
    String time = track.took(now).map(Numbers::duration).orElse("");
    String steps = roomy ? allSteps(track) : oneStep(track);
    String line =
        Columns.padded(Columns.shortened(track.name(), name), name)
            + GAP
            + steps
            + GAP
            + " ".repeat(Math.max(0, TIME - Columns.of(time)))
            + time;
    return line.stripTrailing();
  }

  private String allSteps(Track track) {
    List<StepState> states = track.steps();
    return IntStream.range(0, states.size())
        .mapToObj(index -> step(Track.STEPS.get(index), states.get(index)))
        .collect(Collectors.joining(GAP));
  }

  /** The one that matters: which failed, or runs, or ended last. */
  private String oneStep(Track track) {
    List<StepState> states = track.steps();
    int index =
        IntStream.range(0, states.size())
            .filter(at -> states.get(at) == StepState.FAILED || states.get(at) == StepState.RUNNING)
            .findFirst()
            .orElse(Math.max(0, states.lastIndexOf(StepState.DONE)));
    String name = Track.STEPS.get(index);
    String rest = " ".repeat(longestStep() - name.length() - 2);
    return step(name, states.get(index)) + rest;
  }

  private String step(String name, StepState state) {
    return switch (state) {
      case DONE -> name + " " + colored("32", "✓");
      case RUNNING -> colored("1", name + " …");
      case FAILED -> colored("31", name + " ✗");
      case WAITING, NEVER -> colored("2", name + " ·");
    };
  }

  private String colored(String code, String text) {
    return colors ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static int stepsWidth() {
    return Track.STEPS.stream().mapToInt(name -> name.length() + 2).sum()
        + (Track.STEPS.size() - 1) * GAP.length();
  }

  private static int longestStep() {
    return Track.STEPS.stream().mapToInt(String::length).max().orElse(0) + 2;
  }

  private static String summary(List<Track> tracks, Duration elapsed) {
    long completed = count(tracks, Track.Phase.COMPLETED);
    long failed = count(tracks, Track.Phase.FAILED);
    long underWay = count(tracks, Track.Phase.UNDER_WAY);
    return "%d of %s completed%s%s, %s"
        .formatted(
            completed,
            Numbers.of(tracks.size(), "picture", "pictures"),
            failed == 0 ? "" : ", %d failed".formatted(failed),
            underWay == 0 ? "" : ", %d under way".formatted(underWay),
            Numbers.duration(elapsed));
  }

  private static long count(List<Track> tracks, Track.Phase phase) {
    return tracks.stream().filter(track -> track.phase() == phase).count();
  }

  /** What is under way first, then what failed, what waits, what is done; in the order given. */
  private static List<Track> window(List<Track> tracks, int rows) {
    if (tracks.size() <= rows) {
      return tracks;
    }
    return IntStream.range(0, tracks.size())
        .boxed()
        .sorted(Comparator.comparingInt(index -> rank(tracks.get(index).phase())))
        .limit(rows)
        .sorted()
        .map(tracks::get)
        .toList();
  }

  private static int rank(Track.Phase phase) {
    return switch (phase) {
      case UNDER_WAY -> 0;
      case FAILED -> 1;
      case WAITING -> 2;
      case COMPLETED -> 3;
    };
  }
}
