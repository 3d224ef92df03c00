package dev.in.analysis.color;

import static java.util.Objects.requireNonNull;

import dev.in.analysis.ColorShare;
import dev.in.analysis.image.Pixels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds an image's dominant colours: k-means in CIELAB into more groups than are wanted, which are
 * then joined, the likest first. Deterministic, thread-safe, and indifferent to orientation.
 */
public final class ColorEngine {
  /** The most colours that are reported. */
  public static final int MAX_COLORS = 10;

  /** More than are reported, so that noise cannot take the place of an area. */
  private static final int GROUPS = 24;

  /**
   * Groups no farther apart than this in CIELAB are one colour: flat areas, which have no radius,
   * when the eye can hardly distinguish them; noisy ones, which k-means cuts to pieces, when they
   * touch, but never beyond the limit.
   */
  private static final double SAME = 2.5;

  private static final double TOUCHING = 2;
  private static final double LIMIT = 8;

  private static final double MIN_FRACTION = 0.001;

  /** Chroma from which a colour counts as fully vivid; sRGB's own range goes to about 130. */
  private static final double VIVID = 60;

  private static final double GREY_WEIGHT = 0.3;

  private final long seed;

  public ColorEngine() {
    this(1);
  }

  /**
   * @param seed of the only chance there is, in the choice of the first groups
   */
  public ColorEngine(long seed) {
    this.seed = seed;
  }

  /** Returns at most ten colours, the highest score first; none for an empty image. */
  public List<ColorShare> colors(Pixels pixels) {
    requireNonNull(pixels, "pixels is null");
    List<ColorGroup> groups = joined(KMeans.cluster(ColorHistogram.of(pixels), GROUPS, seed));
    double all = pixels.rgb().length;
    double weights = groups.stream().mapToDouble(ColorEngine::weight).sum();
    return groups.stream()
        .map(group -> new ColorShare(group.mean(), weight(group) / weights, group.pixels() / all))
        .filter(color -> color.pixelFraction() >= MIN_FRACTION)
        .sorted(Comparator.comparingDouble(ColorShare::score).reversed())
        .toList();
  }

  private static double weight(ColorGroup group) {
    double vividness = Math.min(1, group.center().chroma() / VIVID);
    return group.pixels() * (GREY_WEIGHT + (1 - GREY_WEIGHT) * vividness);
  }

  /**
   * Joins the two groups that cost least (Ward's criterion: the smaller and the closer, the
   * cheaper) until there are few enough, then those too close to distinguish.
   */
  private static List<ColorGroup> joined(List<ColorGroup> clusters) {
    List<ColorGroup> groups = new ArrayList<>(clusters);
    while (groups.size() > 1) {
      Pair pair = cheapest(groups, groups.size() > MAX_COLORS);
      if (pair == null) {
        break;
      }
      ColorGroup both = groups.get(pair.first).plus(groups.get(pair.second));
      groups.remove(pair.second);
      groups.set(pair.first, both);
    }
    return groups;
  }

  private record Pair(int first, int second) {}

  private static Pair cheapest(List<ColorGroup> groups, boolean anyDistance) {
    Pair best = null;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        ColorGroup a = groups.get(i);
        ColorGroup b = groups.get(j);
        double distance = a.center().squaredDistance(b.center());
        double weight = (double) a.pixels() * b.pixels() / (a.pixels() + b.pixels());
        double reach = Math.clamp(TOUCHING * (a.radius() + b.radius()), SAME, LIMIT);
        boolean same = distance <= reach * reach;
        if ((anyDistance || same) && distance * weight < bestCost) {
          bestCost = distance * weight;
          best = new Pair(i, j);
        }
      }
    }
    return best;
  }
}
