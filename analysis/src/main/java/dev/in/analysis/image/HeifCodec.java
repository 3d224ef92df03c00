package dev.in.analysis.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.in.analysis.image.HeifLibrary.HeifException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * HEIC and AVIF through libheif, where that is installed; elsewhere they are refused as
 * unsupported. The stored pixels are decoded, and what turns them is told apart, as for every other
 * format.
 *
 * <p>libheif gives all pixels or none: of a file that is cut, no row.
 */
final class HeifCodec implements Codec {
  private static final int COLORSPACE_RGB = 1;
  private static final int CHROMA_RGB = 10;
  private static final int CHROMA_RGBA = 11;
  private static final int CHANNEL_INTERLEAVED = 10;
  private static final int MAX_PROFILE_BYTES = 1 << 20;

  private final Supplier<Optional<HeifLibrary>> library;

  HeifCodec() {
    this(new Lazy());
  }

  HeifCodec(Supplier<Optional<HeifLibrary>> library) {
    this.library = library;
  }

  @Override
  public DecodedImage decode(ByteBuffer data, DecodeLimits limits)
      throws DecodeException, IOException {
    HeifLibrary heif =
        library
            .get()
            .orElseThrow(
                () ->
                    DecodeException.unsupported(
                        "HEIC and AVIF need libheif (libheif.so.1), which is not installed"));
    Optional<HeifHeader> header = HeifHeader.of(data);
    MemorySegment context = heif.contextAlloc();
    try (Arena arena = Arena.ofConfined()) {
      heif.read(arena, context, inNativeMemory(arena, data));
      MemorySegment handle = heif.primaryImage(arena, context);
      try {
        Orientation turned = header.map(HeifHeader::orientation).orElse(Orientation.NORMAL);
        return new Primary(heif, arena, handle, turned).decode(limits);
      } finally {
        heif.handleRelease(handle);
      }
    } catch (HeifException e) {
      if (e.endOfData() && header.isPresent()) {
        return withoutPixels(header.get(), limits);
      }
      throw DecodeException.corrupt("a broken HEIC or AVIF file", e);
    } finally {
      heif.contextFree(context);
    }
  }

  private static DecodedImage withoutPixels(HeifHeader header, DecodeLimits limits)
      throws DecodeException {
    limits.check(header.width(), header.height());
    double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
    Pixels none = new Pixels(WorkingPixels.scaled(header.width(), scale), 0, new int[0]);
    return new DecodedImage(
        header.width(), header.height(), header.orientation(), true, none, scale);
  }

  private static MemorySegment inNativeMemory(Arena arena, ByteBuffer data) {
    MemorySegment segment = MemorySegment.ofBuffer(data);
    if (segment.isNative()) {
      return segment;
    }
    MemorySegment copy = arena.allocate(segment.byteSize());
    return copy.copyFrom(segment);
  }

  /** The library, looked for once and only when a file needs it. */
  private static final class Lazy implements Supplier<Optional<HeifLibrary>> {
    private Optional<HeifLibrary> found;

    @Override
    public synchronized Optional<HeifLibrary> get() {
      if (found == null) {
        found = HeifLibrary.load();
      }
      return found;
    }
  }

  private record Primary(
      HeifLibrary heif, Arena arena, MemorySegment handle, Orientation orientation) {

    DecodedImage decode(DecodeLimits limits) throws DecodeException, HeifException {
      int width = heif.storedWidth(handle);
      int height = heif.storedHeight(handle);
      limits.check(width, height);
      double scale = WorkingPixels.scale(width, height, limits.workingSide());
      boolean alpha = heif.hasAlpha(handle);
      MemorySegment image = decodeStored(alpha ? CHROMA_RGBA : CHROMA_RGB);
      try {
        Pixels pixels = shrink(image, alpha, scale);
        return new DecodedImage(width, height, orientation, false, pixels, scale);
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

    private Pixels shrink(MemorySegment image, boolean alpha, double scale) throws HeifException {
      int width = heif.planeWidth(image, CHANNEL_INTERLEAVED);
      int height = heif.planeHeight(image, CHANNEL_INTERLEAVED);
      int targetWidth = WorkingPixels.scaled(width, scale);
      int targetHeight = WorkingPixels.scaled(height, scale);
      MemorySegment stride = arena.allocate(JAVA_INT);
      MemorySegment plane = heif.plane(image, CHANNEL_INTERLEAVED, stride);
      long bytesPerRow = stride.get(JAVA_INT, 0);
      MemorySegment rows = plane.reinterpret(bytesPerRow * height);
      AreaAverage average = new AreaAverage(width, height, 3, targetWidth, targetHeight);
      byte[] bytes = new byte[width * (alpha ? 4 : 3)];
      int[] bands = new int[width * 3];
      for (int y = 0; y < height; y++) {
        MemorySegment.copy(rows, JAVA_BYTE, y * bytesPerRow, bytes, 0, bytes.length);
        fill(bands, bytes, alpha);
        average.add(bands);
      }
      int[] rgb = WorkingPixels.toRgb(average.result(), targetWidth, targetHeight, colorSpace());
      return new Pixels(targetWidth, targetHeight, rgb);
    }

    private static void fill(int[] bands, byte[] bytes, boolean alpha) {
      for (int i = 0; i < bands.length; i++) {
        int at = alpha ? i / 3 * 4 + i % 3 : i;
        int opacity = alpha ? bytes[i / 3 * 4 + 3] & 0xFF : 255;
        bands[i] = ((bytes[at] & 0xFF) * opacity + 255 * (255 - opacity) + 127) / 255;
      }
    }

    /** Phones write Display P3 here; a profile that Java cannot use counts as sRGB. */
    private ColorSpace colorSpace() throws HeifException {
      ColorSpace standard = ColorSpace.getInstance(ColorSpace.CS_sRGB);
      byte[] profile = heif.colorProfile(arena, handle, MAX_PROFILE_BYTES);
      if (profile.length == 0) {
        return standard;
      }
      try {
        ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
        return space.getType() == ColorSpace.TYPE_RGB ? space : standard;
      } catch (IllegalArgumentException unusable) {
        return standard;
      }
    }
  }
}
