package dev.in.analysis.image;

import static dev.in.analysis.image.NativeFunctions.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions of libheif that decoding takes, as its header {@code heif.h} declares them; all are
 * there since version 1.4 of 2019. Each call is one native call, and errors come back as {@link
 * HeifException}.
 */
@SuppressWarnings("restricted") // Native code: the README says which flag allows it.
final class HeifLibrary {
  /** What libheif says went wrong: its {@code heif_error}. */
  static final class HeifException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SUBCODE_END_OF_DATA = 100;

    private final int subcode;

    HeifException(int code, int subcode, String message) {
      super("libheif %d.%d: %s".formatted(code, subcode, message));
      this.subcode = subcode;
    }

    boolean endOfData() {
      return subcode == SUBCODE_END_OF_DATA;
    }
  }

  private static final List<String> NAMES =
      List.of("libheif.so.1", "libheif.1.dylib", "/opt/homebrew/lib/libheif.1.dylib");
  private static final StructLayout ERROR = MemoryLayout.structLayout(JAVA_INT, JAVA_INT, ADDRESS);
  private static final int MESSAGE_BYTES = 400;

  private final MethodHandle contextAlloc;
  private final MethodHandle contextFree;
  private final MethodHandle read;
  private final MethodHandle primaryImage;
  private final MethodHandle handleRelease;
  private final MethodHandle storedWidth;
  private final MethodHandle storedHeight;
  private final MethodHandle hasAlpha;
  private final MethodHandle profileSize;
  private final MethodHandle profile;
  private final MethodHandle optionsAlloc;
  private final MethodHandle optionsFree;
  private final MethodHandle decode;
  private final MethodHandle imageRelease;
  private final MethodHandle planeWidth;
  private final MethodHandle planeHeight;
  private final MethodHandle plane;

  private HeifLibrary(NativeFunctions bind) {
    contextAlloc = bind.returning(ADDRESS, "heif_context_alloc");
    contextFree = bind.returningNothing("heif_context_free", ADDRESS);
    read =
        bind.returning(
            ERROR,
            "heif_context_read_from_memory_without_copy",
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS);
    primaryImage = bind.returning(ERROR, "heif_context_get_primary_image_handle", ADDRESS, ADDRESS);
    handleRelease = bind.returningNothing("heif_image_handle_release", ADDRESS);
    storedWidth = bind.returning(JAVA_INT, "heif_image_handle_get_ispe_width", ADDRESS);
    storedHeight = bind.returning(JAVA_INT, "heif_image_handle_get_ispe_height", ADDRESS);
    hasAlpha = bind.returning(JAVA_INT, "heif_image_handle_has_alpha_channel", ADDRESS);
    profileSize =
        bind.returning(JAVA_LONG, "heif_image_handle_get_raw_color_profile_size", ADDRESS);
    profile = bind.returning(ERROR, "heif_image_handle_get_raw_color_profile", ADDRESS, ADDRESS);
    optionsAlloc = bind.returning(ADDRESS, "heif_decoding_options_alloc");
    optionsFree = bind.returningNothing("heif_decoding_options_free", ADDRESS);
    decode =
        bind.returning(ERROR, "heif_decode_image", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    imageRelease = bind.returningNothing("heif_image_release", ADDRESS);
    planeWidth = bind.returning(JAVA_INT, "heif_image_get_width", ADDRESS, JAVA_INT);
    planeHeight = bind.returning(JAVA_INT, "heif_image_get_height", ADDRESS, JAVA_INT);
    plane = bind.returning(ADDRESS, "heif_image_get_plane_readonly", ADDRESS, JAVA_INT, ADDRESS);
  }

  /** Returns the library, or nothing where it is not installed or lacks what is needed. */
  static Optional<HeifLibrary> load() {
    return NativeFunctions.load(NAMES, HeifLibrary::new);
  }

  MemorySegment contextAlloc() {
    return (MemorySegment) call(() -> contextAlloc.invoke());
  }

  void contextFree(MemorySegment context) {
    call(() -> contextFree.invoke(context));
  }

  /** Reads the boxes of a file; the data must outlive the context. */
  void read(Arena arena, MemorySegment context, MemorySegment data) throws HeifException {
    check(call(() -> read.invoke(arena, context, data, data.byteSize(), MemorySegment.NULL)));
  }

  MemorySegment primaryImage(Arena arena, MemorySegment context) throws HeifException {
    MemorySegment out = arena.allocate(ADDRESS);
    check(call(() -> primaryImage.invoke(arena, context, out)));
    return out.get(ADDRESS, 0);
  }

  void handleRelease(MemorySegment handle) {
    call(() -> handleRelease.invoke(handle));
  }

  /** Width before rotation, mirroring and cropping. */
  int storedWidth(MemorySegment handle) {
    return (int) call(() -> storedWidth.invoke(handle));
  }

  int storedHeight(MemorySegment handle) {
    return (int) call(() -> storedHeight.invoke(handle));
  }

  boolean hasAlpha(MemorySegment handle) {
    return (int) call(() -> hasAlpha.invoke(handle)) != 0;
  }

  /** Returns the ICC profile; empty where there is none, or none of a size to be believed. */
  byte[] colorProfile(Arena arena, MemorySegment handle, int maxBytes) throws HeifException {
    long size = (long) call(() -> profileSize.invoke(handle));
    if (size < 1 || size > maxBytes) {
      return new byte[0];
    }
    MemorySegment out = arena.allocate(size);
    check(call(() -> profile.invoke(arena, handle, out)));
    return out.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }

  MemorySegment optionsAlloc() {
    return (MemorySegment) call(() -> optionsAlloc.invoke());
  }

  void optionsFree(MemorySegment options) {
    call(() -> optionsFree.invoke(options));
  }

  MemorySegment decode(
      Arena arena, MemorySegment handle, int colorspace, int chroma, MemorySegment options)
      throws HeifException {
    MemorySegment out = arena.allocate(ADDRESS);
    check(call(() -> decode.invoke(arena, handle, out, colorspace, chroma, options)));
    return out.get(ADDRESS, 0);
  }

  void imageRelease(MemorySegment image) {
    call(() -> imageRelease.invoke(image));
  }

  int planeWidth(MemorySegment image, int channel) {
    return (int) call(() -> planeWidth.invoke(image, channel));
  }

  int planeHeight(MemorySegment image, int channel) {
    return (int) call(() -> planeHeight.invoke(image, channel));
  }

  /** Returns the rows of a plane; {@code stride} receives the bytes from row to row. */
  MemorySegment plane(MemorySegment image, int channel, MemorySegment stride) {
    return (MemorySegment) call(() -> plane.invoke(image, channel, stride));
  }

  private static void check(Object result) throws HeifException {
    MemorySegment error = (MemorySegment) result;
    int code = error.get(JAVA_INT, 0);
    if (code != 0) {
      MemorySegment message = error.get(ADDRESS, 8);
      String text = message.address() == 0 ? "" : message.reinterpret(MESSAGE_BYTES).getString(0);
      throw new HeifException(code, error.get(JAVA_INT, 4), text);
    }
  }
}
