package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.webp.RiffChunks;
import java.awt.color.ColorSpace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * WebP, through libwebp where that is installed. Elsewhere, and for cut and animated files, through
 * TwelveMonkeys' reader, which takes 20 times as long and, of a lossy image, 40 bytes of heap for
 * each pixel (measured at version 3.13.0): what would take more than half of the heap is refused
 * beforehand.
 */
final class WebpCodec implements Codec {
  private static final int HEAP_BYTES_PER_PIXEL = 45;
  private static final int MAX_PROFILE_BYTES = 1 << 20;

  private final Supplier<Optional<WebpLibrary>> library;
  private final Codec fallback;

  WebpCodec(StandardReaders readers, Supplier<Optional<WebpLibrary>> library) {
    this.library = requireNonNull(library, "library is null");
    this.fallback = new StandardCodec(readers::webp);
  }

  @Override
  public DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException {
    if (!header.truncated() && library.get().isPresent()) {
      Optional<DecodedImage> image = decode(library.get().get(), data, header, limits);
      if (image.isPresent()) {
        return image.get();
      }
    }
    checkHeap(header);
    return fallback.decode(data, header, limits);
  }

  private Optional<DecodedImage> decode(
      WebpLibrary webp, ByteBuffer data, ImageHeader header, DecodeLimits limits) {
    try (Arena arena = Arena.ofConfined()) {
      double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
      return webp.decode(arena, NativeFunctions.inNativeMemory(arena, data))
          .filter(image -> image.width() == header.width() && image.height() == header.height())
          .map(image -> image.shrink(scale, colorSpace(data)))
          .map(pixels -> DecodedImage.of(header, false, pixels, scale));
    }
  }

  private static ColorSpace colorSpace(ByteBuffer data) {
    ImageBytes file = ImageBytes.of(data);
    byte[] profile =
        RiffChunks.first(file, "ICCP")
            .filter(chunk -> chunk.isWithin(file) && chunk.length() <= MAX_PROFILE_BYTES)
            .map(chunk -> file.bytes(chunk.at(), (int) chunk.length()))
            .orElse(new byte[0]);
    return NativeImage.colorSpace(profile);
  }

  private static void checkHeap(ImageHeader header) throws DecodeException {
    if (header.pixels() * HEAP_BYTES_PER_PIXEL > Runtime.getRuntime().maxMemory() / 2) {
      throw DecodeException.tooManyPixels(
          "%d x %d pixels of WebP take more than half of the heap; libwebp would need none"
              .formatted(header.width(), header.height()));
    }
  }
}
