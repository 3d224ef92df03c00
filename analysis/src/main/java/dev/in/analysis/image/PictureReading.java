package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * One picture read by one ImageIO reader, which may break off half way: the rows until then count.
 */
final class PictureReading implements IIOReadProgressListener, IIOReadWarningListener {
  /**
   * What came of it.
   *
   * @param image as decoded, with pixels left out by the step
   * @param rows how many of its rows, from the top, were decoded from data
   * @param brokenOff whether the reader gave up; where the data ends, some go on with grey
   */
  record Outcome(BufferedImage image, int rows, boolean brokenOff) {}

  private final ImageReader reader;
  private final ByteBufferImageInputStream input;
  private double progress;
  private double progressAtEndOfData = -1;

  PictureReading(ImageReader reader, ByteBufferImageInputStream input) {
    this.reader = requireNonNull(reader, "reader is null");
    this.input = requireNonNull(input, "input is null");
  }

  /**
   * Reads the first picture.
   *
   * @param step every how many-th pixel of both axes is kept
   * @throws DecodeException CORRUPT if not one row can be decoded although the data goes on
   */
  Outcome read(int step) throws DecodeException {
    BufferedImage image;
    try {
      image = destination(step);
    } catch (IOException | RuntimeException e) {
      throw DecodeException.corrupt("the picture's header cannot be read", e);
    }
    reader.addIIOReadProgressListener(this);
    reader.addIIOReadWarningListener(this);
    try {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      param.setDestination(image);
      reader.read(0, param);
    } catch (IOException | RuntimeException e) {
      int rows = rows(image, progress);
      if (rows == 0 && !input.ranOut()) {
        throw DecodeException.corrupt("the picture's pixels cannot be decoded", e);
      }
      return new Outcome(image, rows, true);
    } finally {
      reader.removeAllIIOReadProgressListeners();
      reader.removeAllIIOReadWarningListeners();
    }
    boolean cut = progressAtEndOfData >= 0;
    return new Outcome(image, cut ? rows(image, progressAtEndOfData) : image.getHeight(), false);
  }

  /** Made here and not by the reader, so that it is there when the reader throws. */
  private BufferedImage destination(int step) throws IOException {
    int width = (reader.getWidth(0) + step - 1) / step;
    int height = (reader.getHeight(0) + step - 1) / step;
    return reader.getImageTypes(0).next().createBufferedImage(width, height);
  }

  private static int rows(BufferedImage image, double percent) {
    return (int) Math.clamp((long) (image.getHeight() * percent / 100), 0, image.getHeight());
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    progress = percentageDone;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // The JPEG reader does not throw where the data ends: it warns, and goes on with grey.
    if (input.ranOut() && progressAtEndOfData < 0) {
      progressAtEndOfData = progress;
    }
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
