package dev.in.emulator.storage.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.in.emulator.storage.object.StoredObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The headers that describe an object, the same in both APIs. */
public final class ObjectHeaders {
  private static final Map<String, CharSequence> FROM_ATTRIBUTES =
      Map.of(
          "cacheControl", HttpHeaderNames.CACHE_CONTROL,
          "contentDisposition", HttpHeaderNames.CONTENT_DISPOSITION,
          "contentEncoding", HttpHeaderNames.CONTENT_ENCODING,
          "contentLanguage", HttpHeaderNames.CONTENT_LANGUAGE);

  private ObjectHeaders() {}

  /** For an answer that carries this part of the content. */
  public static ResponseHeaders of(StoredObject object, ByteRange range) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(range.partial() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, object.attributes().contentType())
            .add(HttpHeaderNames.ACCEPT_RANGES, "bytes")
            .contentLength(range.length());
    if (range.partial()) {
      headers.add(HttpHeaderNames.CONTENT_RANGE, range.contentRange(object.size()));
    }
    FROM_ATTRIBUTES.forEach(
        (attribute, header) ->
            object.attributes().field(attribute).ifPresent(value -> headers.add(header, value)));
    object
        .attributes()
        .metadata()
        .forEach(
            (name, value) -> headers.add("x-goog-meta-" + name.toLowerCase(Locale.ROOT), value));
    addVersion(headers, object);
    return headers.build();
  }

  /** What an upload answers. */
  public static void addVersion(ResponseHeadersBuilder headers, StoredObject object) {
    headers
        .add(HttpHeaderNames.ETAG, "\"" + etag(object) + "\"")
        .add(
            HttpHeaderNames.LAST_MODIFIED,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(object.created().atOffset(ZoneOffset.UTC)))
        .add("x-goog-generation", String.valueOf(object.generation()))
        .add("x-goog-metageneration", "1")
        .add("x-goog-hash", object.hashes().header())
        .add("x-goog-storage-class", "STANDARD")
        .add(
            "x-goog-stored-content-encoding",
            object.attributes().field("contentEncoding").orElse("identity"))
        .add("x-goog-stored-content-length", String.valueOf(object.size()));
  }

  /** Says how long the content is, by RFC 9110, section 15.5.17. */
  public static HttpResponse unsatisfiable(StoredObject object) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            .add("content-range", "bytes */" + object.size())
            .contentLength(0)
            .build());
  }

  /** The MD5 in hex, as the XML API has it. */
  private static String etag(StoredObject object) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(object.hashes().md5()));
  }
}
