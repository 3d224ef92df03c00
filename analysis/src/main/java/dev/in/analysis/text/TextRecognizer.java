package dev.in.analysis.text;

import dev.in.analysis.image.Pixels;
import dev.in.analysis.model.OnnxModel;
import dev.in.analysis.model.Tensor;

/** Reads one line, with PP-OCRv4's recognition network. */
final class TextRecognizer {
  private static final int HEIGHT = 48;

  /** Shorter lines are padded. Training used 320, which costs time and reads no better. */
  private static final int MIN_WIDTH = 64;

  private static final PixelSampler SAMPLER =
      new PixelSampler(
          new PixelSampler.Normalization(
              new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.5f, 0.5f, 0.5f}));

  private final OnnxModel model;
  private final CtcDecoder decoder;

  TextRecognizer(OnnxModel model, CtcDecoder decoder) {
    this.model = model;
    this.decoder = decoder;
  }

  Recognition read(Pixels image, TextBox line) {
    int width = Math.max(8, (int) Math.round(HEIGHT * line.width() / line.height()));
    int padded = Math.max(MIN_WIDTH, (width + 7) / 8 * 8);
    float[] input = SAMPLER.sample(image, line, width, HEIGHT, padded);
    Tensor output = model.run(input, 1, 3, HEIGHT, padded);
    return decoder.decode(output, (double) width / padded);
  }
}
