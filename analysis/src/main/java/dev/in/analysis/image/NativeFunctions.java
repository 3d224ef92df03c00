package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the functions of a shared library of this system, and calls them. */
@SuppressWarnings("restricted") // Native code: the README says which flag allows it.
final class NativeFunctions {
  private final SymbolLookup symbols;

  private NativeFunctions(SymbolLookup symbols) {
    this.symbols = requireNonNull(symbols, "symbols is null");
  }

  /**
   * Loads the first of the libraries that is installed.
   *
   * @param names as the system's loader knows them
   * @param binding takes the functions that are needed
   * @return nothing where no library is installed that has them all
   */
  static <T> Optional<T> load(List<String> names, Function<NativeFunctions, T> binding) {
    for (String name : names) {
      try {
        SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
        return Optional.of(binding.apply(new NativeFunctions(library)));
      } catch (IllegalArgumentException absent) {
        // The next name may be there.
      }
    }
    return Optional.empty();
  }

  MethodHandle returning(MemoryLayout result, String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  MethodHandle returningNothing(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle bind(String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("the library has no " + name));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  /** One call of a method handle, whose signature says that anything may be thrown. */
  interface Call {
    Object run() throws Throwable;
  }

  static Object call(Call call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call cannot throw", e);
    }
  }

  /** Returns the data where native code can read it, copied if it is in the heap. */
  static MemorySegment inNativeMemory(Arena arena, ByteBuffer data) {
    MemorySegment segment = MemorySegment.ofBuffer(data);
    if (segment.isNative()) {
      return segment;
    }
    return arena.allocate(segment.byteSize()).copyFrom(segment);
  }
}
