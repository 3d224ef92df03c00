package dev.in.analysis.image;

import java.awt.image.BufferedImage;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Counts the rows that a reader has decoded: from its updates, one for each row, or where it sends
 * none from its progress, which comes in steps.
 */
final class RowCounter
    implements IIOReadProgressListener, IIOReadWarningListener, IIOReadUpdateListener {
  /** A JPEG's rows come in groups of 16: of the group that the data ends in, the start is there. */
  private static final int GROUP = 16;

  private final ByteBufferImageInputStream input;
  private double progress;
  private int updated;
  private boolean ended;
  private double progressAtEnd;
  private int updatedAtEnd;

  RowCounter(ByteBufferImageInputStream input) {
    this.input = input;
  }

  /**
   * @param rowByRow whether to ask for updates; a progressive JPEG would be decoded once for each
   *     of its scans if anyone did
   */
  void listenTo(ImageReader reader, boolean rowByRow) {
    reader.addIIOReadProgressListener(this);
    reader.addIIOReadWarningListener(this);
    if (rowByRow) {
      reader.addIIOReadUpdateListener(this);
    }
  }

  /** Returns how many rows the reader has sent updates for; some readers send none. */
  int updatedRows() {
    return updated;
  }

  /** Returns how many rows were decoded when a reader that goes on regardless ran out of data. */
  int rowsBeforeEndOfData(int height) {
    if (!ended) {
      return height;
    }
    // Progress may be reported before the row that it counts, so it is second best.
    int rows = updatedAtEnd > 0 ? updatedAtEnd : (int) (height * progressAtEnd / 100);
    return Math.min(height, rows + GROUP);
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // The JPEG reader does not throw where the data ends: it warns, and makes the rest up.
    if (input.ranOut() && !ended) {
      ended = true;
      progressAtEnd = progress;
      updatedAtEnd = updated;
    }
  }

  @Override
  public void imageUpdate(
      ImageReader source,
      BufferedImage image,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    updated = Math.max(updated, minY + height);
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    progress = percentageDone;
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

  @Override
  public void passStarted(
      ImageReader source,
      BufferedImage image,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void passComplete(ImageReader source, BufferedImage image) {}

  @Override
  public void thumbnailPassStarted(
      ImageReader source,
      BufferedImage thumbnail,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailUpdate(
      ImageReader source,
      BufferedImage thumbnail,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
