package dev.in.analysis.text;

import dev.in.analysis.image.Pixels;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds text of any size. The detector sees letters of about 8 to 50 pixels, so an image is shown
 * to it small, twice as large, and so on: large text is taken from the small views, and the full
 * resolution is looked at only where a small view shows text too small to read there.
 */
final class TextPyramid {
  /** Longest side of the view that every image gets whole. */
  private static final int BASE_SIDE = 1024;

  private static final int SMALLEST_SIDE = 200;

  /** From this height a line is well seen, in pixels of the view: letters of 16 and more. */
  private static final double WELL_SEEN = 21;

  /** Pixels of one look at full resolution; more cost memory and no less time. */
  private static final int LOOK_PIXELS = 1_200_000;

  private static final int MARGIN = 48;

  private final TextDetector detector;

  TextPyramid(TextDetector detector) {
    this.detector = detector;
  }

  List<TextBox> find(Pixels image) {
    int longest = Math.max(image.width(), image.height());
    double base = Math.min(1, (double) BASE_SIDE / longest);
    List<TextBox> finer = whole(image, base);
    List<TextBox> found = base < 1 ? closeLook(image, finer, base) : finer;
    for (double scale = base / 2; longest * scale >= SMALLEST_SIDE; scale /= 2) {
      List<TextBox> view = whole(image, scale);
      found = Overlaps.replaced(found, wellSeen(view, scale, finer));
      finer = view;
    }
    return found;
  }

  private List<TextBox> whole(Pixels image, double scale) {
    return detector.find(image, 0, 0, image.width(), image.height(), scale);
  }

  private static List<TextBox> wellSeen(List<TextBox> view, double scale, List<TextBox> finer) {
    return view.stream()
        .filter(box -> box.height() * scale >= WELL_SEEN)
        .filter(box -> !Overlaps.holdsStackedLines(box, finer))
        .toList();
  }

  /** Looks at full resolution where the base view saw text that is not well seen there. */
  private List<TextBox> closeLook(Pixels image, List<TextBox> base, double scale) {
    List<TextBox> large = base.stream().filter(b -> b.height() * scale >= WELL_SEEN).toList();
    List<TextBox> small = base.stream().filter(b -> b.height() * scale < WELL_SEEN).toList();
    List<TextBox> found = new ArrayList<>();
    for (Look look : Look.over(small, image)) {
      List<TextBox> seen =
          detector.find(image, look.left, look.top, look.width, look.height, 1).stream()
              .filter(box -> !look.cuts(box, image.height()))
              .toList();
      found.addAll(Overlaps.notCovered(seen, found));
    }
    // What the base view saw and the close look did not is kept.
    found.addAll(Overlaps.notCovered(small, found));
    return Overlaps.replaced(found, large);
  }

  /** A part of the image, in its pixels. */
  private record Look(int left, int top, int width, int height) {

    /** Covers the boxes with parts of bounded size, as wide as all of them: lines stay whole. */
    static List<Look> over(List<TextBox> boxes, Pixels image) {
      if (boxes.isEmpty()) {
        return List.of();
      }
      double minX = boxes.stream().mapToDouble(TextBox::left).min().orElseThrow() - MARGIN;
      double maxX = boxes.stream().mapToDouble(TextBox::right).max().orElseThrow() + MARGIN;
      int left = Math.clamp((int) minX, 0, image.width() - 1);
      int right = Math.clamp((int) Math.ceil(maxX), left + 1, image.width());
      int width = right - left;
      int height = Math.max(4 * MARGIN, LOOK_PIXELS / width);
      List<Look> looks = new ArrayList<>();
      for (int top = 0; top < image.height(); top += height - 2 * MARGIN) {
        int bottom = Math.min(image.height(), top + height);
        int from = top;
        if (boxes.stream().anyMatch(box -> box.bottom() > from && box.top() < bottom)) {
          looks.add(new Look(left, top, width, bottom - top));
        }
        if (bottom == image.height()) {
          break;
        }
      }
      return looks;
    }

    /** Whether the box ends at an edge behind which the image goes on. */
    boolean cuts(TextBox box, int imageHeight) {
      boolean above = top > 0 && box.top() < top + 4;
      boolean below = top + height < imageHeight && box.bottom() > top + height - 4;
      return above || below;
    }
  }
}
