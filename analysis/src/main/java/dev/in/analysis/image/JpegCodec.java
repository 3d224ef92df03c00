package dev.in.analysis.image;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.JpegFrame;
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
  public DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException {
    JpegFrame jpeg = header.jpeg().orElseThrow();
    int width = header.width();
    int height = header.height();
    ImageReading.Outcome read =
        read(withHeight(data, header), jpeg, limits.subsampling(width, height));
    // A progressive image that is cut is coarse, not short.
    boolean coarse = jpeg.progressive() && !read.brokenOff();
    int rows = coarse ? read.image().getHeight() : read.rows();
    double scale = WorkingPixels.scale(width, height, limits.workingSide());
    Pixels pixels =
        WorkingPixels.of(
            read.image(),
            rows,
            WorkingPixels.scaled(width, scale),
            WorkingPixels.scaled(height, scale));
    return DecodedImage.of(header, header.truncated() || read.cut(), pixels, scale);
  }

  /** Decoders do not support DNL segments: the height is put where they look for it. */
  private static ByteBuffer withHeight(ByteBuffer data, ImageHeader header) {
    var missingAt = header.jpeg().orElseThrow().missingHeightAt();
    if (missingAt.isEmpty()) {
      return data;
    }
    ByteBuffer copy = ByteBuffer.allocate(data.limit()).put(data.duplicate()).flip();
    return copy.putShort((int) missingAt.getAsLong(), (short) header.height());
  }

  private ImageReading.Outcome read(ByteBuffer data, JpegFrame jpeg, int step)
      throws DecodeException, IOException {
    boolean plain = jpeg.components() == 1 || jpeg.components() == 3;
    if (plain) {
      try {
        return read(data, readers.jpeg(), step, !jpeg.progressive());
      } catch (DecodeException refused) {
        // The tolerant reader has the last word.
      }
    }
    return read(data, readers.tolerantJpeg(), step, !jpeg.progressive());
  }

  private static ImageReading.Outcome read(
      ByteBuffer data, ImageReader reader, int step, boolean rowByRow) throws DecodeException {
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, true, true);
      return new ImageReading(reader, input).read(0, step, rowByRow);
    } finally {
      reader.dispose();
    }
  }
}
