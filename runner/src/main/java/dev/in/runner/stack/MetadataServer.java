package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One account's metadata server on the local cloud.
 *
 * @param host {@code host:port}
 */
public record MetadataServer(String host) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  public MetadataServer {
    requireNonNull(host, "host is null");
  }

  /** A new ID token of the account. */
  public String identityToken(HttpClient http, String audience)
      throws IOException, InterruptedException {
    return get(http, "identity?audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8));
  }

  /** A new access token of the account; it holds for an hour. */
  String accessToken(HttpClient http) throws IOException, InterruptedException {
    return JSON.readTree(get(http, "token")).path("access_token").asText();
  }

  private String get(HttpClient http, String what) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://%s/computeMetadata/v1/instance/service-accounts/default/%s"
                .formatted(host, what));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri)
                .header("Metadata-Flavor", "Google")
                .timeout(TIMEOUT)
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException("the metadata server gives no token: " + answer.statusCode());
    }
    return answer.body();
  }
}
