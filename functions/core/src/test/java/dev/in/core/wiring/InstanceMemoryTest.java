package dev.in.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.testing.ContainerJvmOptions;
import dev.in.limits.Limits;
import dev.in.topology.Topology;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an instance may take at most fits into what Cloud Run gives it: heap, buffers outside it,
 * the JVM's own, and the temporary files, which lie in memory there.
 */
class InstanceMemoryTest {
  /**
   * Classes, compiled code and threads, with a reserve: metadata's IT prints what it takes in all.
   */
  private static final int JVM_MIB = 160;

  /** How many images of the largest size a function keeps in temporary files for one message. */
  private static final Map<String, Integer> TEMPORARY_IMAGES = Map.of("metadata", 1);

  static Stream<Map.Entry<String, Topology.Function>> functions() {
    return Topology.load().functions().entrySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void allThatAnInstanceMayTakeFitsIntoItsMemory(Map.Entry<String, Topology.Function> function) {
    Topology.Service service = function.getValue().service();
    ContainerJvmOptions options = ContainerJvmOptions.read();
    int heap = service.memoryMiB() * options.heapPercent() / 100;
    int images = service.concurrency() * TEMPORARY_IMAGES.getOrDefault(function.getKey(), 0);
    int temporary = images * (Limits.MAX_IMAGE_BYTES >> 20);

    assertThat(heap + options.directMiB() + JVM_MIB + temporary)
        .isLessThanOrEqualTo(service.memoryMiB());
  }

  @Test
  void aNativeExecutableHasTheSameHeap() {
    assertThat(Path.of("..", "Dockerfile.native"))
        .content()
        .contains(
            "\"-XX:MaximumHeapSizePercent=" + ContainerJvmOptions.read().heapPercent() + "\"");
  }
}
