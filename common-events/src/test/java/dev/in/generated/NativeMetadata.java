package dev.in.generated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.RecognizedPayload;
import dev.in.json.StrictJson;
import dev.in.library.LibraryEntry;
import dev.in.result.TaskResult;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a native image must know about this library: the types that Jackson reads and writes by
 * reflection, and the resources that are read at run time.
 *
 * @see <a
 *     href="https://www.graalvm.org/latest/reference-manual/native-image/metadata/">Reachability
 *     metadata</a>
 */
final class NativeMetadata {
  private NativeMetadata() {}

  static ObjectNode json() {
    TreeSet<String> types = new TreeSet<>();
    collect(RecognizedPayload.class, types);
    collect(TaskResult.class, types);
    collect(LibraryEntry.class, types);
    ObjectNode json = StrictJson.MAPPER.createObjectNode();
    ArrayNode reflection = json.putArray("reflection");
    for (String type : types) {
      reflection
          .addObject()
          .put("type", type)
          .put("allDeclaredConstructors", true)
          .put("allDeclaredMethods", true)
          .put("allDeclaredFields", true);
    }
    json.putArray("resources").addObject().put("glob", "topology.yaml");
    return json;
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
}
