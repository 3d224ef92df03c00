package dev.in.analysis.color;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Groups weighted colours around k centres (Lloyd's algorithm), which start far apart by chance
 * (k-means++): the same seed gives the same groups.
 */
final class KMeans {
  private static final int MAX_ROUNDS = 40;

  private final List<ColorGroup> groups;
  private final CielabColor[] colors;
  private final int[] nearest;
  private final double[] distances;

  private KMeans(List<ColorGroup> groups) {
    this.groups = groups;
    this.colors = groups.stream().map(ColorGroup::center).toArray(CielabColor[]::new);
    this.nearest = new int[colors.length];
    this.distances = new double[colors.length];
  }

  /** Returns at most k groups that together hold all pixels. */
  static List<ColorGroup> cluster(List<ColorGroup> groups, int k, long seed) {
    if (groups.size() <= k) {
      return groups;
    }
    return new KMeans(groups).run(k, new SplittableRandom(seed));
  }

  private List<ColorGroup> run(int k, SplittableRandom random) {
    List<CielabColor> centers = start(k, random);
    List<ColorGroup> clusters = List.of();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean moved = assign(centers);
      if (round > 0 && !moved) {
        break;
      }
      clusters = collected(centers.size());
      centers = clusters.stream().map(ColorGroup::center).toList();
    }
    return clusters;
  }

  private List<CielabColor> start(int k, SplittableRandom random) {
    List<CielabColor> centers = new ArrayList<>();
    Arrays.fill(distances, 1);
    for (int i = 0; i < k; i++) {
      int chosen = drawn(random);
      if (chosen < 0) {
        break;
      }
      centers.add(colors[chosen]);
      for (int point = 0; point < colors.length; point++) {
        double distance = colors[point].squaredDistance(colors[chosen]);
        distances[point] = i == 0 ? distance : Math.min(distances[point], distance);
      }
    }
    return centers;
  }

  /** Draws a point by its weight times its squared distance; -1 if nothing is left to draw. */
  private int drawn(SplittableRandom random) {
    double total = 0;
    for (int point = 0; point < colors.length; point++) {
      total += distances[point] * groups.get(point).pixels();
    }
    double rest = random.nextDouble() * total;
    int last = -1;
    for (int point = 0; point < colors.length; point++) {
      double share = distances[point] * groups.get(point).pixels();
      if (share > 0) {
        last = point;
        rest -= share;
        if (rest < 0) {
          break;
        }
      }
    }
    return last;
  }

  private boolean assign(List<CielabColor> centers) {
    boolean moved = false;
    for (int point = 0; point < colors.length; point++) {
      int best = 0;
      double bestDistance = Double.POSITIVE_INFINITY;
      for (int center = 0; center < centers.size(); center++) {
        double distance = colors[point].squaredDistance(centers.get(center));
        if (distance < bestDistance) {
          bestDistance = distance;
          best = center;
        }
      }
      moved |= nearest[point] != best;
      nearest[point] = best;
    }
    return moved;
  }

  private List<ColorGroup> collected(int k) {
    ColorGroup[] sums = new ColorGroup[k];
    for (int point = 0; point < colors.length; point++) {
      int to = nearest[point];
      sums[to] = sums[to] == null ? groups.get(point) : sums[to].plus(groups.get(point));
    }
    // A centre that lost all its points is gone; numbers change, so the next round reassigns.
    return Stream.of(sums).filter(Objects::nonNull).toList();
  }
}
