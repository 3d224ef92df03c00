package dev.in.runner.drill;

/**
 * What the command line may choose.
 *
 * @param seed of everything random; the same seed makes the same choices
 * @param tasks how many tasks are submitted, where that is a choice; 0 for the drill's own number
 * @param sample how many of the drill's cases are run, chosen by the seed; 0 for all
 */
public record DrillOptions(long seed, int tasks, int sample) {
  int tasksOr(int usual) {
    return tasks == 0 ? usual : tasks;
  }
}
