package dev.in.runner.report;

import dev.in.runner.timeline.StepState;
import dev.in.runner.timeline.Timeline;
import java.util.Map;

/** What steps are called; the web page calls them likewise (edge/page/show/words.ts). */
final class Words {
  private static final Map<String, StepWords> STEPS =
      Map.of(
          Timeline.SUBMITTED,
          new StepWords("Submitted", "Submitting", "Not submitted"),
          "download",
          new StepWords("Downloaded", "Downloading", "Download failed"),
          "metadata",
          new StepWords("Metadata read", "Reading metadata", "Reading failed"),
          "ai",
          new StepWords("Analysed", "Analysing", "Analysis failed"),
          Timeline.END,
          new StepWords("Completed", "Completing", "Failed"));

  private Words() {}

  static String step(String name, StepState state) {
    StepWords words = STEPS.getOrDefault(name, new StepWords(name, name, name + " failed"));
    return switch (state) {
      case DONE, WAITING, NEVER -> words.done;
      case RUNNING -> words.running;
      case FAILED -> words.failed;
    };
  }

  static String state(StepState state) {
    return switch (state) {
      case DONE -> "done";
      case RUNNING -> "under way";
      case WAITING -> "to come";
      case FAILED -> "failed";
      case NEVER -> "not reached";
    };
  }

  /** So that nothing is told by colour alone. */
  static String mark(StepState state) {
    return switch (state) {
      case DONE -> "✓";
      case RUNNING -> "•";
      case WAITING -> "";
      case FAILED -> "✕";
      case NEVER -> "–";
    };
  }

  private record StepWords(String done, String running, String failed) {}
}
