package dev.in.analysis.text;

import dev.in.analysis.image.Pixels;
import java.util.Arrays;

/**
 * Cuts a turned rectangle out of an image at another size, as the input of a network: planes of
 * blue, green and red, normalised. Bilinear, and averaging over a grid of points where it scales
 * down.
 */
final class PixelSampler {
  /** How a network wants its channel values: {@code (value / 255 - mean) / deviation}. */
  record Normalization(float[] mean, float[] deviation) {}

  private final Normalization normalization;

  PixelSampler(Normalization normalization) {
    this.normalization = normalization;
  }

  /**
   * Fills the left part of a plane.
   *
   * @param width of the sampled part in target pixels, at most {@code stride}
   * @param stride of a row of the target; what is right of the sampled part stays 0
   */
  float[] sample(Pixels source, TextBox box, int width, int height, int stride) {
    float[] target = new float[3 * stride * height];
    int plane = stride * height;
    double stepX = box.width() / width;
    double stepY = box.height() / height;
    int gridX = Math.max(1, (int) Math.ceil(stepX - 0.01));
    int gridY = Math.max(1, (int) Math.ceil(stepY - 0.01));
    double originX = box.x(0, 0) - 0.5;
    double originY = box.y(0, 0) - 0.5;
    double cos = Math.cos(box.angle());
    double sin = Math.sin(box.angle());
    float[] sums = new float[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Arrays.fill(sums, 0);
        for (int j = 0; j < gridY; j++) {
          double across = (y + (j + 0.5) / gridY) * stepY;
          for (int i = 0; i < gridX; i++) {
            double along = (x + (i + 0.5) / gridX) * stepX;
            add(
                source,
                originX + along * cos - across * sin,
                originY + along * sin + across * cos,
                sums);
          }
        }
        int at = y * stride + x;
        for (int channel = 0; channel < 3; channel++) {
          float mean = sums[channel] / (gridX * gridY);
          target[channel * plane + at] =
              (mean / 255 - normalization.mean()[channel]) / normalization.deviation()[channel];
        }
      }
    }
    return target;
  }

  private static void add(Pixels source, double x, double y, float[] sums) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float right = (float) (x - left);
    float bottom = (float) (y - top);
    int a = source.atClamped(left, top);
    int b = source.atClamped(left + 1, top);
    int c = source.atClamped(left, top + 1);
    int d = source.atClamped(left + 1, top + 1);
    for (int channel = 0; channel < 3; channel++) {
      int shift = channel * 8;
      float upper = (a >> shift & 0xFF) * (1 - right) + (b >> shift & 0xFF) * right;
      float lower = (c >> shift & 0xFF) * (1 - right) + (d >> shift & 0xFF) * right;
      sums[channel] += upper * (1 - bottom) + lower * bottom;
    }
  }
}
