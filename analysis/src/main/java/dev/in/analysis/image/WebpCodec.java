package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.awt.color.ColorSpace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageReader;

/**
 * WebP, through libwebp where that is installed. Elsewhere, and for cut and animated files, through
 * TwelveMonkeys' reader, which takes 20 times as long and, of a lossy picture, 40 bytes of heap for
 * each pixel (measured at version 3.13.0): what would take more than half of the heap is refused
 * beforehand.
 */
final class WebpCodec implements Codec {
  private static final int HEAP_BYTES_PER_PIXEL = 45;
  private static final int MAX_PROFILE_BYTES = 1 << 20;

  private final StandardReaders readers;
  private final Supplier<Optional<WebpLibrary>> library;
  private final Codec fallback;

  WebpCodec(StandardReaders readers, Supplier<Optional<WebpLibrary>> library) {
    this.readers = requireNonNull(readers, "readers is null");
    this.library = requireNonNull(library, "library is null");
    this.fallback =
        new StandardCodec(
            readers::webp, OrientationTag::ofWebp, data -> new WebpChunks(data).isCut());
  }

  @Override
  public DecodedImage decode(ByteBuffer data, DecodeLimits limits)
      throws DecodeException, IOException {
    Size size = size(data);
    limits.check(size.width, size.height);
    if (!new WebpChunks(data).isCut() && library.get().isPresent()) {
      Optional<DecodedImage> image = decode(library.get().get(), data, size, limits);
      if (image.isPresent()) {
        return image.get();
      }
    }
    checkHeap(size);
    return fallback.decode(data, limits);
  }

  private Optional<DecodedImage> decode(
      WebpLibrary webp, ByteBuffer data, Size size, DecodeLimits limits) {
    try (Arena arena = Arena.ofConfined()) {
      double scale = WorkingPixels.scale(size.width, size.height, limits.workingSide());
      return webp.decode(arena, NativeFunctions.inNativeMemory(arena, data))
          .filter(picture -> picture.width() == size.width && picture.height() == size.height)
          .map(picture -> picture.shrink(scale, colorSpace(data)))
          .map(
              pixels ->
                  new DecodedImage(
                      size.width, size.height, OrientationTag.ofWebp(data), false, pixels, scale));
    }
  }

  private static ColorSpace colorSpace(ByteBuffer data) {
    byte[] profile =
        new WebpChunks(data)
            .find("ICCP")
            .filter(content -> content.limit() <= MAX_PROFILE_BYTES)
            .map(
                content -> {
                  byte[] bytes = new byte[content.limit()];
                  content.get(0, bytes);
                  return bytes;
                })
            .orElse(new byte[0]);
    return NativePicture.colorSpace(profile);
  }

  private record Size(int width, int height) {}

  private Size size(ByteBuffer data) throws IOException {
    ImageReader reader = readers.webp();
    try {
      reader.setInput(new ByteBufferImageInputStream(data), true, true);
      return new Size(reader.getWidth(0), reader.getHeight(0));
    } finally {
      reader.dispose();
    }
  }

  private static void checkHeap(Size size) throws DecodeException {
    long pixels = (long) size.width * size.height;
    if (pixels * HEAP_BYTES_PER_PIXEL > Runtime.getRuntime().maxMemory() / 2) {
      throw DecodeException.tooManyPixels(
          "%d x %d pixels of WebP take more than half of the heap; libwebp would need none"
              .formatted(size.width, size.height));
    }
  }
}
