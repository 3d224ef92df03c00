package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * One image read by one ImageIO reader, which may break off half way: the rows until then count.
 */
final class ImageReading {
  /**
   * What came of it.
   *
   * @param image as decoded, with pixels left out by the step
   * @param rows how many of its rows, from the top, were decoded from data
   * @param brokenOff whether the reader gave up; where the data ends, some go on with grey
   */
  record Outcome(BufferedImage image, int rows, boolean brokenOff) {
    /** Whether rows are missing. */
    boolean cut() {
      return brokenOff || rows < image.getHeight();
    }
  }

  private final ImageReader reader;
  private final ByteBufferImageInputStream input;
  private final RowCounter counter;

  ImageReading(ImageReader reader, ByteBufferImageInputStream input) {
    this.reader = requireNonNull(reader, "reader is null");
    this.input = requireNonNull(input, "input is null");
    this.counter = new RowCounter(input);
  }

  /**
   * Reads an image.
   *
   * @param page which of the file's images, from 0
   * @param step every how many-th pixel of both axes is kept
   * @param rowByRow whether the rows come in order, each once
   * @throws DecodeException CORRUPT if not one row can be decoded although the data goes on
   */
  Outcome read(int page, int step, boolean rowByRow) throws DecodeException {
    BufferedImage image;
    try {
      image = destination(page, step);
    } catch (IOException | RuntimeException e) {
      throw DecodeException.corrupt("the image's header cannot be read", e);
    }
    counter.listenTo(reader, rowByRow);
    try {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      param.setDestination(image);
      reader.read(page, param);
    } catch (IOException | RuntimeException e) {
      int rows = Math.max(counter.updatedRows(), touchedRows(image));
      if (rows == 0 && !input.ranOut()) {
        throw DecodeException.corrupt("the image's pixels cannot be decoded", e);
      }
      return new Outcome(image, rows, true);
    }
    return new Outcome(image, counter.rowsBeforeEndOfData(image.getHeight()), false);
  }

  /** Returns how many rows there are down to the last that holds anything: not all readers say. */
  private static int touchedRows(BufferedImage image) {
    Raster raster = image.getRaster();
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = raster.getHeight() - 1; y >= 0; y--) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      if (Arrays.stream(row).anyMatch(sample -> sample != 0)) {
        return y + 1;
      }
    }
    return 0;
  }

  /** Made here and not by the reader, so that it is there when the reader throws. */
  private BufferedImage destination(int page, int step) throws IOException {
    int width = (reader.getWidth(page) + step - 1) / step;
    int height = (reader.getHeight(page) + step - 1) / step;
    return reader.getImageTypes(page).next().createBufferedImage(width, height);
  }
}
