package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** The formats that one ImageIO reader each can be trusted with: PNG, BMP, TIFF, WebP. */
final class StandardCodec implements Codec {
  /** Makes a reader, which serves one picture. */
  interface ReaderSource {
    ImageReader open() throws IOException;
  }

  /** Finds the orientation in the file. */
  interface OrientationSource {
    Orientation in(ByteBuffer data);
  }

  /** Tells whether the file itself shows that its end is missing. */
  interface EndingSource {
    boolean isCut(ByteBuffer data);
  }

  private final ReaderSource readers;
  private final OrientationSource orientations;
  private final EndingSource endings;

  StandardCodec(ReaderSource readers, OrientationSource orientations, EndingSource endings) {
    this.readers = requireNonNull(readers, "readers is null");
    this.orientations = requireNonNull(orientations, "orientations is null");
    this.endings = requireNonNull(endings, "endings is null");
  }

  @Override
  public DecodedImage decode(ByteBuffer data, DecodeLimits limits)
      throws DecodeException, IOException {
    ImageReader reader = readers.open();
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      limits.check(width, height);
      var read = new PictureReading(reader, input).read(limits.subsampling(width, height), true);
      double scale = WorkingPixels.scale(width, height, limits.workingSide());
      Pixels pixels =
          WorkingPixels.of(
              read.image(),
              read.rows(),
              WorkingPixels.scaled(width, scale),
              WorkingPixels.scaled(height, scale));
      return new DecodedImage(
          width,
          height,
          orientations.in(data),
          read.brokenOff() || endings.isCut(data),
          pixels,
          scale);
    } finally {
      reader.dispose();
    }
  }
}
