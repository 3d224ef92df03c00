package dev.in.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.result.TaskResult;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a native image must know about this library: the types that Jackson reads and writes by
 * reflection, and the resources that are read at run time.
 *
 * @see <a
 *     href="https://www.graalvm.org/latest/reference-manual/native-image/metadata/">Reachability
 *     metadata</a>
 */
class NativeMetadataTest {
  private static final String FILE =
      "/META-INF/native-image/dev.in/in-common-events/reachability-metadata.json";

  @Test
  void everyTypeOfAPayloadAndOfAResultIsReflectedOn() throws Exception {
    TreeSet<String> types = new TreeSet<>();
    collect(RecognizedPayload.class, types);
    collect(TaskResult.class, types);

    assertThat(metadata().path("reflection"))
        .allSatisfy(
            type -> {
              assertThat(type.path("allDeclaredConstructors").asBoolean()).isTrue();
              assertThat(type.path("allDeclaredMethods").asBoolean()).isTrue();
              assertThat(type.path("allDeclaredFields").asBoolean()).isTrue();
            })
        .extracting(type -> type.path("type").asText())
        .containsExactlyElementsOf(types);
  }

  @Test
  void everyResourceThatIsNamedIsThere() throws Exception {
    assertThat(metadata().path("resources"))
        .extracting(resource -> resource.path("glob").asText())
        .contains("topology.yaml")
        .allSatisfy(glob -> assertThat(getClass().getResource("/" + glob)).isNotNull());
  }

  /** Our own types that a value of this one may be, or may hold. */
  private static void collect(Type type, TreeSet<String> found) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
    }
    if (type instanceof Class<?> own
        && own.getName().startsWith("dev.in.")
        && found.add(own.getName())) {
      if (own.isSealed()) {
        Stream.of(own.getPermittedSubclasses()).forEach(kind -> collect(kind, found));
      }
      if (own.isRecord()) {
        Stream.of(own.getRecordComponents())
            .map(RecordComponent::getGenericType)
            .forEach(component -> collect(component, found));
      }
    }
  }

  private static JsonNode metadata() throws Exception {
    try (InputStream file = NativeMetadataTest.class.getResourceAsStream(FILE)) {
      return new ObjectMapper().readTree(file);
    }
  }
}
