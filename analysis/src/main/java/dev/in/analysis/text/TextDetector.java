package dev.in.analysis.text;

import dev.in.analysis.image.Pixels;
import dev.in.analysis.model.OnnxModel;
import dev.in.analysis.model.Tensor;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds where text is, with PP-OCRv4's detection network: it gives each pixel a probability of
 * being in the core of a line, whose rectangle is grown back to the line afterwards.
 */
final class TextDetector {
  /** The network halves its input five times. */
  private static final int GRANULE = 32;

  /** How far a core is grown: area times this over perimeter (the paper on DB, section 3.4). */
  private static final double GROWTH = 1.7;

  /** Added at either end of a line, in line heights: cores stop short of thin letters. */
  private static final double ENDS = 0.1;

  private static final PixelSampler SAMPLER =
      new PixelSampler(
          new PixelSampler.Normalization(
              new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}));

  private final OnnxModel model;

  /** A large look takes up to 400 MB outside the heap, and all threads anyway. */
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  TextDetector(OnnxModel model) {
    this.model = model;
  }

  /**
   * Looks at a part of an image.
   *
   * @param left edge of the part, in pixels of the image
   * @param scale network pixels per pixel of the image
   * @return boxes in pixels of the image
   */
  List<TextBox> find(Pixels image, int left, int top, int width, int height, double scale) {
    int w = granules(width * scale);
    int h = granules(height * scale);
    // The part grows to whole granules; beyond the image its edge goes on.
    double seenWidth = w / scale;
    double seenHeight = h / scale;
    TextBox part =
        new TextBox(left + seenWidth / 2, top + seenHeight / 2, seenWidth, seenHeight, 0, 1);
    float[] input = SAMPLER.sample(image, part, w, h, w);
    Tensor output = exclusively(input, h, w);
    return new TextBlobs(output.values(), w, h)
        .find().stream().map(core -> grown(core).scaled(1 / scale).moved(left, top)).toList();
  }

  private Tensor exclusively(float[] input, int height, int width) {
    oneAtATime.lock();
    try {
      return model.run(input, 1, 3, height, width);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static TextBox grown(TextBox core) {
    double area = core.width() * core.height();
    double by = area * GROWTH / (2 * (core.width() + core.height()));
    double ends = by + ENDS * (Math.min(core.width(), core.height()) + 2 * by);
    return core.width() >= core.height() ? core.grown(by, ends) : core.grown(ends, by);
  }

  private static int granules(double length) {
    return (int) Math.max(1, Math.ceil(length / GRANULE - 0.01)) * GRANULE;
  }
}
