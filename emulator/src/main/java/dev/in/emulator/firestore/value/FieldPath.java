package dev.in.emulator.firestore.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a field is inside a document: {@code stages.download}, or with names that are not plain,
 * {@code `a.b`.c}.
 *
 * @param names outermost first, at least one
 */
public record FieldPath(List<String> names) {
  /** Stands for the document's own name in queries and masks. */
  public static final FieldPath NAME = new FieldPath(List.of("__name__"));

  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z_0-9]*");

  public FieldPath {
    names = List.copyOf(names);
  }

  /** Reads the notation of {@code google.firestore.v1.DocumentMask}. */
  public static FieldPath parse(String text) {
    var names = new ArrayList<String>();
    int at = 0;
    while (true) {
      int end =
          at < text.length() && text.charAt(at) == '`' ? quotedEnd(text, at) : nextDot(text, at);
      names.add(name(text, at, end));
      if (end == text.length()) {
        return new FieldPath(names);
      }
      if (text.charAt(end) != '.') {
        throw malformed(text);
      }
      at = end + 1;
    }
  }

  private static int nextDot(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static int quotedEnd(String text, int from) {
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '`') {
        return i + 1;
      }
    }
    throw malformed(text);
  }

  private static String name(String text, int from, int to) {
    if (to - from > 2 && text.charAt(from) == '`') {
      return text.substring(from + 1, to - 1).replaceAll("\\\\(.)", "$1");
    }
    String name = text.substring(from, to);
    if (!PLAIN.matcher(name).matches()) {
      throw malformed(text);
    }
    return name;
  }

  private static RuntimeException malformed(String text) {
    return Errors.invalid("Invalid property path \"%s\".", text);
  }

  public boolean isName() {
    return equals(NAME);
  }

  /** Whether {@code this} lies inside {@code other} or is the same. */
  boolean isWithin(FieldPath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /** The canonical notation, by which Firestore orders implied sort fields. */
  @Override
  public String toString() {
    return String.join(".", names.stream().map(FieldPath::quoted).toList());
  }

  private static String quoted(String name) {
    return PLAIN.matcher(name).matches()
        ? name
        : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }
}
