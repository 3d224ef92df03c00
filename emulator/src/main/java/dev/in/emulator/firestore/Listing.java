package dev.in.emulator.firestore;

import com.google.firestore.v1.Document;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What lies directly below a name: documents of a collection, ids of collections. */
final class Listing {
  private static final int DEFAULT_PAGE = 300;

  private Listing() {}

  /**
   * @param entries one page
   * @param nextToken the last id of this page, empty text when none follows
   */
  record Page<T>(List<T> entries, String nextToken) {}

  /**
   * The documents of a collection by name.
   *
   * @param showMissing also names without a document but with something below, as bare documents
   */
  static List<Document> documents(
      DocumentStore.View view, ResourcePath collection, boolean showMissing) {
    var found = new TreeMap<ResourcePath, Document>();
    for (Map.Entry<ResourcePath, Document> entry : view.below(collection)) {
      ResourcePath name = entry.getKey().ancestor(collection.depth() + 1);
      if (name.equals(entry.getKey())) {
        found.put(name, entry.getValue());
      } else if (showMissing) {
        found.putIfAbsent(name, Document.newBuilder().setName(name.toString()).build());
      }
    }
    return List.copyOf(found.values());
  }

  /** The ids of the collections below a document or the root, sorted. */
  static List<String> collectionIds(DocumentStore.View view, ResourcePath parent) {
    var ids = new TreeSet<String>(Utf8Order.INSTANCE);
    for (Map.Entry<ResourcePath, Document> entry : view.below(parent)) {
      ids.add(entry.getKey().segments().get(parent.depth()));
    }
    return List.copyOf(ids);
  }

  /** Cuts the page of ids, or of what has ids, that follows the id in the token. */
  static <T> Page<T> page(List<T> all, Function<T, String> id, int pageSize, String token) {
    List<T> rest =
        all.stream()
            .dropWhile(
                entry ->
                    !token.isEmpty() && Utf8Order.INSTANCE.compare(id.apply(entry), token) <= 0)
            .toList();
    int end = Math.min(rest.size(), pageSize > 0 ? pageSize : DEFAULT_PAGE);
    return new Page<>(rest.subList(0, end), end < rest.size() ? id.apply(rest.get(end - 1)) : "");
  }
}
