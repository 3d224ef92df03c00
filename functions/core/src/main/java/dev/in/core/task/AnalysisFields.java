package dev.in.core.task;

import dev.in.core.image.Analysis;
import dev.in.core.image.Analysis.Box;
import dev.in.core.image.Analysis.Color;
import dev.in.core.image.Analysis.Found;
import dev.in.core.image.Analysis.Label;
import dev.in.core.image.Analysis.Line;
import dev.in.core.image.Analysis.SafeSearch;
import dev.in.core.image.Analysis.Text;
import dev.in.events.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@link Analysis} to and from fields, in the names that users see as well. */
public final class AnalysisFields {
  private AnalysisFields() {}

  public static Map<String, Object> write(Analysis analysis) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("provider", analysis.provider());
    fields.put("features", names(analysis.features()));
    analysis.text().ifPresent(text -> fields.put("text", writeText(text)));
    analysis
        .colors()
        .ifPresent(list -> fields.put("colors", all(list, AnalysisFields::writeColor)));
    analysis
        .labels()
        .ifPresent(list -> fields.put("labels", all(list, AnalysisFields::writeLabel)));
    analysis
        .objects()
        .ifPresent(list -> fields.put("objects", all(list, AnalysisFields::writeFound)));
    analysis.faces().ifPresent(list -> fields.put("faces", all(list, AnalysisFields::writeFound)));
    analysis.safeSearch().ifPresent(value -> fields.put("safeSearch", writeSafeSearch(value)));
    fields.put("unavailable", names(analysis.unavailable()));
    analysis.skipped().ifPresent(why -> fields.put("skipped", why));
    return fields;
  }

  static Analysis read(Fields fields) {
    return new Analysis(
        fields.text("provider"),
        features(fields, "features"),
        fields.optionalMap("text").map(AnalysisFields::readText),
        fields.optionalMaps("colors").map(list -> all(list, AnalysisFields::readColor)),
        fields.optionalMaps("labels").map(list -> all(list, AnalysisFields::readLabel)),
        fields.optionalMaps("objects").map(list -> all(list, AnalysisFields::readFound)),
        fields.optionalMaps("faces").map(list -> all(list, AnalysisFields::readFound)),
        fields.optionalMap("safeSearch").map(AnalysisFields::readSafeSearch),
        features(fields, "unavailable"),
        fields.optionalText("skipped"));
  }

  private static Map<String, Object> writeText(Text text) {
    return ordered("full", text.full(), "lines", all(text.lines(), AnalysisFields::writeLine));
  }

  private static Text readText(Fields fields) {
    return new Text(
        fields.text("full"),
        all(fields.optionalMaps("lines").orElse(List.of()), AnalysisFields::readLine));
  }

  private static Map<String, Object> writeLine(Line line) {
    return ordered(
        "text", line.text(), "confidence", line.confidence(), "box", writeBox(line.box()));
  }

  private static Line readLine(Fields fields) {
    return new Line(fields.text("text"), fields.number("confidence"), readBox(fields.map("box")));
  }

  private static Map<String, Object> writeBox(Box box) {
    return ordered("x", box.x(), "y", box.y(), "width", box.width(), "height", box.height());
  }

  private static Box readBox(Fields fields) {
    return new Box(
        fields.integer("x"),
        fields.integer("y"),
        fields.integer("width"),
        fields.integer("height"));
  }

  private static Map<String, Object> writeColor(Color color) {
    return ordered(
        "rgb", color.rgb(), "score", color.score(), "pixelFraction", color.pixelFraction());
  }

  private static Color readColor(Fields fields) {
    return new Color(fields.text("rgb"), fields.number("score"), fields.number("pixelFraction"));
  }

  private static Map<String, Object> writeLabel(Label label) {
    return ordered("name", label.name(), "confidence", label.confidence());
  }

  private static Label readLabel(Fields fields) {
    return new Label(fields.text("name"), fields.number("confidence"));
  }

  private static Map<String, Object> writeFound(Found found) {
    return ordered(
        "name", found.name(), "confidence", found.confidence(), "box", writeBox(found.box()));
  }

  private static Found readFound(Fields fields) {
    return new Found(fields.text("name"), fields.number("confidence"), readBox(fields.map("box")));
  }

  private static Map<String, Object> writeSafeSearch(SafeSearch value) {
    return ordered(
        "adult", value.adult(),
        "spoof", value.spoof(),
        "medical", value.medical(),
        "violence", value.violence(),
        "racy", value.racy());
  }

  private static SafeSearch readSafeSearch(Fields fields) {
    return new SafeSearch(
        fields.text("adult"),
        fields.text("spoof"),
        fields.text("medical"),
        fields.text("violence"),
        fields.text("racy"));
  }

  private static List<String> names(List<Feature> features) {
    return features.stream().map(Feature::name).toList();
  }

  private static List<Feature> features(Fields fields, String name) {
    return fields.texts(name).stream().map(Feature::new).toList();
  }

  private static <A, B> List<B> all(List<A> values, Function<A, B> each) {
    return values.stream().map(each).toList();
  }

  /** A map in the order given, so that people find the fields where the docs have them. */
  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
