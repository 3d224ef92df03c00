package dev.in.generated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.Feature;
import dev.in.events.Identifiers;
import dev.in.events.Priority;
import dev.in.json.StrictJson;
import dev.in.limits.ImageTypes;
import dev.in.limits.Limits;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code limits.json}: {@link Limits}, the forms of ids and the closed lists of words. */
final class LimitsFile {
  private LimitsFile() {}

  static ObjectNode json() {
    ObjectNode json = StrictJson.MAPPER.createObjectNode();
    for (Field limit : Limits.class.getFields()) {
      json.put(camelCase(limit.getName()), value(limit));
    }
    json.put("taskIdPattern", RecordSchemas.anchored(Identifiers.TASK_ID));
    json.put("idPattern", RecordSchemas.anchored(Identifiers.ID));
    ImageTypes.SUPPORTED.forEach(type -> json.withArray("/imageTypes").add(type));
    Feature.KNOWN.forEach(feature -> json.withArray("/features").add(feature.name()));
    Feature.DEFAULT.forEach(feature -> json.withArray("/defaultFeatures").add(feature.name()));
    Arrays.stream(Priority.values())
        .forEach(priority -> json.withArray("/priorities").add(priority.wireName()));
    return json;
  }

  private static int value(Field limit) {
    try {
      return limit.getInt(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String camelCase(String constant) {
    return Pattern.compile("_([a-z])")
        .matcher(constant.toLowerCase(Locale.ROOT))
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1).toUpperCase(Locale.ROOT)));
  }
}
