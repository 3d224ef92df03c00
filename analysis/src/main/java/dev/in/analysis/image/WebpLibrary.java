package dev.in.analysis.image;

import static dev.in.analysis.image.NativeFunctions.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The functions of libwebp that decoding takes, as its header {@code decode.h} declares them. */
@SuppressWarnings("restricted") // Native code: the README says which flag allows it.
final class WebpLibrary {
  private static final List<String> NAMES =
      List.of("libwebp.so.7", "libwebp.7.dylib", "/opt/homebrew/lib/libwebp.7.dylib");

  private final MethodHandle decode;
  private final MethodHandle free;

  private WebpLibrary(NativeFunctions functions) {
    decode = functions.returning(ADDRESS, "WebPDecodeRGBA", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    free = functions.returningNothing("WebPFree", ADDRESS);
  }

  /** Returns the library, or nothing where it is not installed. */
  static Optional<WebpLibrary> load() {
    return NativeFunctions.load(NAMES, WebpLibrary::new);
  }

  /** Decodes a still image; nothing where it is cut, broken or animated. */
  Optional<NativeImage> decode(Arena arena, MemorySegment data) {
    MemorySegment width = arena.allocate(JAVA_INT);
    MemorySegment height = arena.allocate(JAVA_INT);
    MemorySegment pixels =
        (MemorySegment) call(() -> decode.invoke(data, data.byteSize(), width, height));
    if (pixels.address() == 0) {
      return Optional.empty();
    }
    long bytesPerRow = 4L * width.get(JAVA_INT, 0);
    MemorySegment bytes =
        pixels.reinterpret(
            bytesPerRow * height.get(JAVA_INT, 0),
            arena,
            segment -> call(() -> free.invoke(segment)));
    return Optional.of(
        new NativeImage(bytes, bytesPerRow, width.get(JAVA_INT, 0), height.get(JAVA_INT, 0), true));
  }
}
