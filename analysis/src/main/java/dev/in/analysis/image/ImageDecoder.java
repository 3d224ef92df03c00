package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Turns an image's bytes into pixels, within bounds. The format is recognised by the first bytes,
 * the size is read and checked before a pixel is decoded, and every failure is a {@link
 * DecodeException}: what a codec throws on hostile data never gets out.
 *
 * <p>Thread-safe. A call holds the decoded pixels, at most {@link DecodeLimits#heldPixels()} of
 * them, until it returns the working ones.
 */
public final class ImageDecoder {
  private final DecodeLimits limits;
  private final Codec jpeg;
  private final Codec png;
  private final Codec gif;
  private final Codec bmp;
  private final Codec webp;
  private final Codec tiff;
  private final Codec heif;

  public ImageDecoder() {
    this(DecodeLimits.DEFAULT);
  }

  public ImageDecoder(DecodeLimits limits) {
    this.limits = requireNonNull(limits, "limits is null");
    StandardReaders readers = new StandardReaders();
    this.jpeg = new JpegCodec(readers);
    this.gif = new GifCodec(readers);
    this.png = new StandardCodec(readers::png);
    this.bmp = new StandardCodec(readers::bmp);
    this.tiff = new StandardCodec(readers::tiff);
    this.webp = new WebpCodec(readers, new Lazy<>(WebpLibrary::load));
    this.heif = new HeifCodec(new Lazy<>(HeifLibrary::load));
  }

  /**
   * Decodes an image in memory.
   *
   * @throws DecodeException if it cannot be decoded, or may not for its size
   */
  public DecodedImage decode(byte[] image) throws DecodeException {
    return decode(ByteBuffer.wrap(requireNonNull(image, "image is null")));
  }

  /**
   * Decodes an image in a file, which is mapped and not read into the heap; it must not shrink
   * meanwhile.
   *
   * @throws DecodeException if it cannot be decoded, or may not for its size
   * @throws UncheckedIOException if the file cannot be read
   */
  public DecodedImage decode(Path image) throws DecodeException {
    requireNonNull(image, "image is null");
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw DecodeException.unsupported("a file of more than 2 GiB");
      }
      var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return decode(mapped.asByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + image, e);
    }
  }

  private DecodedImage decode(ByteBuffer data) throws DecodeException {
    ImageFormat format =
        ImageFormat.sniff(data)
            .orElseThrow(() -> DecodeException.unsupported("not an image in a supported format"));
    try {
      ImageHeader header = ImageHeaders.read(ImageBytes.of(data), format);
      limits.check(header);
      return codec(format).decode(data, header, limits);
    } catch (UnreadableHeaderException e) {
      throw DecodeException.corrupt("the header of the %s cannot be read".formatted(format), e);
    } catch (IOException | RuntimeException e) {
      throw DecodeException.corrupt("a broken " + format, e);
    } catch (OutOfMemoryError e) {
      throw DecodeException.tooManyPixels("the " + format + " takes more memory than there is");
    } catch (StackOverflowError | InternalError e) {
      throw DecodeException.corrupt("a broken " + format, e);
    }
  }

  private Codec codec(ImageFormat format) {
    return switch (format) {
      case JPEG -> jpeg;
      case PNG -> png;
      case GIF -> gif;
      case BMP -> bmp;
      case WEBP -> webp;
      case TIFF -> tiff;
      case HEIC, AVIF -> heif;
    };
  }
}
