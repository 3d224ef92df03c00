package dev.in.json;

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
 * JSON read strictly: no duplicate names, no strings for numbers, no numbers for strings, nothing
 * after the end. Unknown fields are ignored; a missing Optional, list or flag reads as empty, empty
 * or false. Errors never quote the content, which may hold a user's text: Jackson's own messages do
 * quote it.
 */
public final class StrictJson {
  /** What the contract's records are read and written with. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .withConfigOverride(
              boolean.class,
              flag ->
                  flag.setInclude(
                          JsonInclude.Value.construct(
                              JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
                      .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
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

  /** The one JSON object in these bytes. */
  public static ObjectNode object(byte[] utf8) throws MalformedJsonException {
    try (JsonParser parser = MAPPER.createParser(decode(utf8))) {
      if (!(MAPPER.readTree(parser) instanceof ObjectNode object)) {
        throw new MalformedJsonException("not a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("something follows the JSON object");
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new MalformedJsonException("JSON nested too deep, or a name or value too long");
    } catch (JsonMappingException e) {
      // A tree takes any JSON; only duplicate names are refused.
      throw new MalformedJsonException("a name twice in one object" + place(e.getLocation()));
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException("not JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new IllegalStateException("a string can always be read", e);
    }
  }

  private static String decode(byte[] utf8) throws MalformedJsonException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("not UTF-8");
    }
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  /** A record from its JSON; what the record refuses is reported in the record's words. */
  public static <T> T record(JsonNode json, Class<T> type) throws MalformedJsonException {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw new MalformedJsonException(reason(e));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be read", e);
    }
  }

  /** What is wrong, and where, without the content. */
  static String reason(JsonMappingException e) {
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
