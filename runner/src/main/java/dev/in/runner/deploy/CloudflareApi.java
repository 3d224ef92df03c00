package dev.in.runner.deploy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asked with the token that Terraform uses, too. */
public final class CloudflareApi implements Cloudflare {
  private static final URI API = URI.create("https://api.cloudflare.com/client/v4");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;

  public CloudflareApi(String token) {
    this.token = requireNonNull(token, "token is null");
  }

  @Override
  public Optional<JsonNode> get(String path) throws StackFailure, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(API + path))
            .timeout(TIMEOUT)
            .header("authorization", "Bearer " + token)
            .build();
    try {
      JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      return Optional.of(answer.path("result"))
          .filter(result -> answer.path("success").asBoolean() && !result.isNull());
    } catch (IOException e) {
      throw new StackFailure("Cloudflare cannot be asked: " + e.getMessage(), e);
    }
  }
}
