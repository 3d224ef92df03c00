package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signed upload for one image.
 *
 * @param headers to be sent exactly so: they are signed
 */
record Upload(String uploadId, URI url, String method, Map<String, String> headers) {

  Upload {
    requireNonNull(uploadId, "uploadId is null");
    requireNonNull(url, "url is null");
    requireNonNull(method, "method is null");
    headers = Map.copyOf(headers);
  }

  static Upload read(JsonNode json) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Upload(
        json.path("uploadId").asText(),
        URI.create(json.path("url").asText()),
        json.path("method").asText(),
        headers);
  }
}
