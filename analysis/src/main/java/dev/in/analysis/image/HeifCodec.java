package dev.in.analysis.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.in.analysis.image.HeifLibrary.HeifException;
import dev.in.formats.header.ImageHeader;
import java.awt.color.ColorSpace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * HEIC and AVIF through libheif, where that is installed; elsewhere they are refused as
 * unsupported. The stored pixels are decoded, and how to turn them is reported separately, as for
 * every other format: libheif says so only in versions later than Debian's.
 *
 * <p>libheif gives all pixels or none: of a file that is cut, no row.
 */
@SuppressWarnings("restricted") // Native code: the README says which flag allows it.
final class HeifCodec implements Codec {
  private static final int COLORSPACE_RGB = 1;
  private static final int CHROMA_RGB = 10;
  private static final int CHROMA_RGBA = 11;
  private static final int CHANNEL_INTERLEAVED = 10;
  private static final int MAX_PROFILE_BYTES = 1 << 20;

  private final Supplier<Optional<HeifLibrary>> library;

  HeifCodec(Supplier<Optional<HeifLibrary>> library) {
    this.library = library;
  }

  @Override
  public DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException {
    HeifLibrary heif =
        library
            .get()
            .orElseThrow(
                () ->
                    DecodeException.unsupported(
                        "HEIC and AVIF need libheif (libheif.so.1), which is not installed"));
    MemorySegment context = heif.contextAlloc();
    try (Arena arena = Arena.ofConfined()) {
      heif.read(arena, context, NativeFunctions.inNativeMemory(arena, data));
      MemorySegment handle = heif.primaryImage(arena, context);
      try {
        return new Primary(heif, arena, handle, header).decode(limits);
      } finally {
        heif.handleRelease(handle);
      }
    } catch (HeifException e) {
      if (e.endOfData() || header.truncated()) {
        return withoutPixels(header, limits);
      }
      throw DecodeException.corrupt("a broken HEIC or AVIF file", e);
    } finally {
      heif.contextFree(context);
    }
  }

  private static DecodedImage withoutPixels(ImageHeader header, DecodeLimits limits) {
    double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
    Pixels none = new Pixels(WorkingPixels.scaled(header.width(), scale), 0, new int[0]);
    return DecodedImage.of(header, true, none, scale);
  }

  private record Primary(HeifLibrary heif, Arena arena, MemorySegment handle, ImageHeader header) {

    DecodedImage decode(DecodeLimits limits) throws DecodeException, HeifException {
      DecodeLimits.requireSize(header, heif.storedWidth(handle), heif.storedHeight(handle));
      double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
      boolean alpha = heif.hasAlpha(handle);
      MemorySegment image = decodeStored(alpha ? CHROMA_RGBA : CHROMA_RGB);
      try {
        Pixels pixels = nativeImage(image, alpha).shrink(scale, colorSpace());
        return DecodedImage.of(header, header.truncated(), pixels, scale);
      } finally {
        heif.imageRelease(image);
      }
    }

    private MemorySegment decodeStored(int chroma) throws HeifException {
      MemorySegment options = heif.optionsAlloc();
      try {
        // struct heif_decoding_options { uint8_t version; uint8_t ignore_transformations; ... }
        options.reinterpret(2).set(JAVA_BYTE, 1, (byte) 1);
        return heif.decode(arena, handle, COLORSPACE_RGB, chroma, options);
      } finally {
        heif.optionsFree(options);
      }
    }

    private NativeImage nativeImage(MemorySegment image, boolean alpha) {
      int width = heif.planeWidth(image, CHANNEL_INTERLEAVED);
      int height = heif.planeHeight(image, CHANNEL_INTERLEAVED);
      MemorySegment stride = arena.allocate(JAVA_INT);
      MemorySegment plane = heif.plane(image, CHANNEL_INTERLEAVED, stride);
      long bytesPerRow = stride.get(JAVA_INT, 0);
      return new NativeImage(
          plane.reinterpret(bytesPerRow * height), bytesPerRow, width, height, alpha);
    }

    /** Phones write Display P3 here. */
    private ColorSpace colorSpace() throws HeifException {
      return NativeImage.colorSpace(heif.colorProfile(arena, handle, MAX_PROFILE_BYTES));
    }
  }
}
