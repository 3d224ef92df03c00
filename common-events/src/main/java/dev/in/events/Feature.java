package dev.in.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * One kind of analysis. An open set: a name that this version does not know is carried along and
 * ends among the unavailable ones. The edge and the command line refuse unknown names.
 */
public record Feature(@JsonValue String name) {
  public static final Feature TEXT = new Feature("text");
  public static final Feature COLORS = new Feature("colors");
  public static final Feature LABELS = new Feature("labels");
  public static final Feature OBJECTS = new Feature("objects");
  public static final Feature FACES = new Feature("faces");
  public static final Feature SAFE_SEARCH = new Feature("safeSearch");

  /** All features this version knows, in the order in which they are shown. */
  public static final List<Feature> KNOWN =
      List.of(TEXT, COLORS, LABELS, OBJECTS, FACES, SAFE_SEARCH);

  /** What is analysed when the user asks for nothing in particular. */
  public static final List<Feature> DEFAULT = List.of(TEXT, COLORS);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Feature {
    requireNonNull(name, "feature is null");
  }

  @Override
  public String toString() {
    return name;
  }
}
