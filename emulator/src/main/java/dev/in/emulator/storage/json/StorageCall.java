package dev.in.emulator.storage.json;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.in.emulator.storage.http.Operation;
import dev.in.emulator.storage.http.Percent;
import dev.in.emulator.storage.object.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of the JSON API, as its method and path say it.
 *
 * @param names buckets and objects in the order of the path
 */
public record StorageCall(Operation operation, List<String> names) {

  /** Before the path of an upload, as gcloud sends it for a resumable one; it changes nothing. */
  public static final String RESUMABLE = "/resumable";

  public StorageCall {
    names = List.copyOf(names);
  }

  /**
   * Reads method and path.
   *
   * @param path as sent, percent-encoded
   * @return empty for an unsupported call
   */
  public static Optional<StorageCall> parse(RequestHeaders headers, String path) {
    HttpMethod method = headers.method();
    String named = path.startsWith(RESUMABLE + "/") ? path.substring(RESUMABLE.length()) : path;
    List<String> segments = List.of(named.substring(1).split("/", -1));
    for (Operation operation : Operation.values()) {
      if (operation.method() == method) {
        Optional<List<String>> names = match(operation.template(), segments);
        if (names.isPresent()) {
          return Optional.of(new StorageCall(operation, names.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<List<String>> match(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < template.size(); i++) {
      if (template.get(i).equals("{}")) {
        names.add(Percent.decode(segments.get(i)));
      } else if (!template.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  String bucket() {
    return names.get(0);
  }

  ObjectId object() {
    return new ObjectId(names.get(0), names.get(1));
  }
}
