package dev.in.analysis.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** JPEG: bounded by what its markers say, before a decoder sees it. */
final class JpegCodec implements Codec {
  private final StandardReaders readers;

  JpegCodec(StandardReaders readers) {
    this.readers = readers;
  }

  @Override
  public DecodedImage decode(ByteBuffer data, DecodeLimits limits)
      throws DecodeException, IOException {
    JpegStructure structure = JpegStructure.of(data);
    int width = structure.width();
    int height = structure.height();
    limits.check(width, height);
    if (structure.progressive()) {
      limits.checkProgressive(width, height, structure.scans());
    }
    PictureReading.Outcome read = read(data, structure, limits.subsampling(width, height));
    // A progressive picture that is cut is coarse, not short.
    boolean coarse = structure.progressive() && !read.brokenOff();
    int rows = coarse ? read.image().getHeight() : read.rows();
    double scale = WorkingPixels.scale(width, height, limits.workingSide());
    Pixels pixels =
        WorkingPixels.of(
            read.image(),
            rows,
            WorkingPixels.scaled(width, scale),
            WorkingPixels.scaled(height, scale));
    boolean truncated = !structure.complete() || read.cut();
    return new DecodedImage(width, height, structure.orientation(), truncated, pixels, scale);
  }

  private PictureReading.Outcome read(ByteBuffer data, JpegStructure structure, int step)
      throws DecodeException, IOException {
    boolean plain = structure.components() == 1 || structure.components() == 3;
    if (plain) {
      try {
        return read(data, readers.jpeg(), step, !structure.progressive());
      } catch (DecodeException refused) {
        // The tolerant reader has the last word.
      }
    }
    return read(data, readers.tolerantJpeg(), step, !structure.progressive());
  }

  private static PictureReading.Outcome read(
      ByteBuffer data, ImageReader reader, int step, boolean rowByRow) throws DecodeException {
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, true, true);
      return new PictureReading(reader, input).read(step, rowByRow);
    } finally {
      reader.dispose();
    }
  }
}
