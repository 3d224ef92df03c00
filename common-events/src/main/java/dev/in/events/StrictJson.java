package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * JSON read by the letter: no doubled names, no text for numbers, no numbers for text, nothing cut
 * off. What is wrong is told without quoting the content, which may hold a user's text: Jackson's
 * own messages do quote it.
 */
final class StrictJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // What a newer iN wrote is handed on as it came, digits included.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private StrictJson() {}

  /** The one JSON object that these bytes are. */
  static ObjectNode object(byte[] utf8) throws MalformedEventException {
    try (JsonParser parser = MAPPER.createParser(decode(utf8))) {
      if (!(MAPPER.readTree(parser) instanceof ObjectNode object)) {
        throw new MalformedEventException("not a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new MalformedEventException("something follows the JSON object");
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new MalformedEventException("JSON nested too deep, or a name or value too long");
    } catch (JsonMappingException e) {
      // A tree takes any JSON; only doubled names it was told to refuse.
      throw new MalformedEventException("a name twice in one object" + place(e.getLocation()));
    } catch (JsonProcessingException e) {
      throw new MalformedEventException("not JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new IllegalStateException("a string can always be read", e);
    }
  }

  private static String decode(byte[] utf8) throws MalformedEventException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEventException("not UTF-8");
    }
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  /** A record from its JSON; what the record refuses is told in the record's words. */
  static <T> T record(JsonNode json, Class<T> type) throws MalformedEventException {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw new MalformedEventException(reason(e));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be read", e);
    }
  }

  private static String reason(JsonMappingException e) {
    String path = path(e);
    if (e instanceof ValueInstantiationException && e.getCause() instanceof RuntimeException own) {
      return (path.isEmpty() ? "" : path + ": ") + own.getMessage();
    }
    return path + " is missing or of a wrong type";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
