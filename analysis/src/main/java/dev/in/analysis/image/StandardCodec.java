package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import dev.in.formats.header.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** The formats that one ImageIO reader each can be trusted with: PNG, BMP, TIFF, WebP. */
final class StandardCodec implements Codec {
  /** Makes a reader, which serves one image. */
  interface ReaderSource {
    ImageReader open() throws IOException;
  }

  private final ReaderSource readers;

  StandardCodec(ReaderSource readers) {
    this.readers = requireNonNull(readers, "readers is null");
  }

  @Override
  public DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException {
    ImageReader reader = readers.open();
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, false, true);
      int page = header.page();
      DecodeLimits.requireSize(header, reader.getWidth(page), reader.getHeight(page));
      int step = limits.subsampling(header.width(), header.height());
      var read = new ImageReading(reader, input).read(page, step, true);
      double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
      Pixels pixels =
          WorkingPixels.of(
              read.image(),
              read.rows(),
              WorkingPixels.scaled(header.width(), scale),
              WorkingPixels.scaled(header.height(), scale));
      return DecodedImage.of(header, header.truncated() || read.brokenOff(), pixels, scale);
    } finally {
      reader.dispose();
    }
  }
}
