package dev.in.emulator.firestore.value;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a document, of a collection, or of the root of a project's database {@code
 * (default)}.
 *
 * <p>Names are ordered as Firestore orders them: segment by segment, in UTF-8 byte order. So
 * everything below a name follows it directly.
 *
 * @param project the project's id
 * @param segments collection and document ids in turn; none for the root
 */
public record ResourcePath(String project, List<String> segments)
    implements Comparable<ResourcePath> {
  private static final int MAX_ID_BYTES = 1500;
  private static final int MAX_NAME_BYTES = 6 * 1024;
  private static final Pattern DATABASE = Pattern.compile("projects/([^/]+)/databases/([^/]+)");
  private static final Pattern RESERVED = Pattern.compile("__(?!id-?\\d+__$).*__", Pattern.DOTALL);

  public ResourcePath {
    requireNonNull(project, "project is null");
    segments = List.copyOf(segments);
  }

  /** Reads {@code projects/{p}/databases/(default)}. */
  public static ResourcePath database(String name) {
    var matcher = DATABASE.matcher(name);
    if (!matcher.matches()) {
      throw Errors.invalid("Invalid database name: \"%s\".", name);
    }
    if (!matcher.group(2).equals("(default)")) {
      throw Errors.notFound(
          "The database %s does not exist for project %s.", matcher.group(2), matcher.group(1));
    }
    return new ResourcePath(matcher.group(1), List.of());
  }

  /** Reads the name of a document. */
  public static ResourcePath document(String name) {
    ResourcePath path = parse(name);
    if (path.segments.isEmpty() || !path.isDocumentOrRoot()) {
      throw Errors.invalid("Document name \"%s\" has an odd number of segments.", name);
    }
    return path;
  }

  /** Reads the name of a document or of {@code …/documents}, the root. */
  public static ResourcePath parent(String name) {
    ResourcePath path = parse(name);
    if (!path.isDocumentOrRoot()) {
      throw Errors.invalid("Parent name \"%s\" is neither a document nor the root.", name);
    }
    return path;
  }

  private static ResourcePath parse(String name) {
    if (isLonger(name, MAX_NAME_BYTES)) {
      throw Errors.invalid("Resource name is longer than %d bytes.", MAX_NAME_BYTES);
    }
    String[] parts = name.split("/", -1);
    if (parts.length < 5 || !parts[4].equals("documents")) {
      throw Errors.invalid("Invalid resource name: \"%s\".", name);
    }
    ResourcePath root = database(String.join("/", List.of(parts).subList(0, 4)));
    List<String> segments = List.of(parts).subList(5, parts.length);
    segments.forEach(ResourcePath::checkId);
    return new ResourcePath(root.project, segments);
  }

  /** Refuses what Firestore refuses as the id of a document or collection. */
  public static void checkId(String id) {
    if (id.isEmpty() || id.equals(".") || id.equals("..") || id.contains("/")) {
      throw Errors.invalid("\"%s\" is not a valid document or collection id.", id);
    }
    if (isLonger(id, MAX_ID_BYTES)) {
      throw Errors.invalid("An id is longer than %d bytes.", MAX_ID_BYTES);
    }
    if (id.startsWith("__") && RESERVED.matcher(id).matches()) {
      throw Errors.invalid("Resource id \"%s\" is invalid because it is reserved.", id);
    }
  }

  /** Every name of every call comes here; most are short, and a char is at most three bytes. */
  private static boolean isLonger(String text, int maxBytes) {
    return text.length() * 3 > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
  }

  boolean isDocumentOrRoot() {
    return segments.size() % 2 == 0;
  }

  public int depth() {
    return segments.size();
  }

  public ResourcePath child(String id) {
    var longer = new ArrayList<>(segments);
    longer.add(id);
    return new ResourcePath(project, longer);
  }

  ResourcePath root() {
    return new ResourcePath(project, List.of());
  }

  /** The first {@code depth} segments of this name. */
  ResourcePath ancestor(int depth) {
    return new ResourcePath(project, segments.subList(0, depth));
  }

  /** The id of a document's collection, which is also its collection group. */
  public String collectionGroup() {
    return segments.get(segments.size() - 2);
  }

  String id() {
    return segments.getLast();
  }

  /** Whether {@code this} is {@code other} or lies below it. */
  public boolean isWithin(ResourcePath other) {
    return project.equals(other.project)
        && segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  public String databaseName() {
    return "projects/" + project + "/databases/(default)";
  }

  @Override
  public int compareTo(ResourcePath other) {
    int byProject = Utf8Order.INSTANCE.compare(project, other.project);
    if (byProject != 0) {
      return byProject;
    }
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int bySegment = Utf8Order.INSTANCE.compare(segments.get(i), other.segments.get(i));
      if (bySegment != 0) {
        return bySegment;
      }
    }
    return Integer.compare(segments.size(), other.segments.size());
  }

  /** The full resource name. */
  @Override
  public String toString() {
    String root = databaseName() + "/documents";
    return segments.isEmpty() ? root : root + "/" + String.join("/", segments);
  }
}
