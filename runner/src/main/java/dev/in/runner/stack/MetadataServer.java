package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

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

  public MetadataServer {
    requireNonNull(host, "host is null");
  }

  /** A new ID token of the account. */
  public String identityToken(HttpClient http, String audience)
      throws IOException, InterruptedException {
    URI identity =
        URI.create(
            "http://%s/computeMetadata/v1/instance/service-accounts/default/identity?audience=%s"
                .formatted(host, URLEncoder.encode(audience, StandardCharsets.UTF_8)));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(identity)
                .header("Metadata-Flavor", "Google")
                .timeout(TIMEOUT)
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException("no ID token: the answer was " + answer.statusCode());
    }
    return answer.body();
  }
}
