package dev.in.emulator.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Plain HTTP, for what Google's client does not do or does not show. */
final class Http implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  Http(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * @param target an absolute URL, or path and query on the endpoint
   */
  HttpResponse<byte[]> send(
      String method, String target, Map<String, String> headers, BodyPublisher body) {
    var request = HttpRequest.newBuilder(endpoint.resolve(target)).method(method, body);
    headers.forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(method + " " + target + " got no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> send(
      String method, String target, Map<String, String> headers, byte[] body) {
    return send(method, target, headers, BodyPublishers.ofByteArray(body));
  }

  HttpResponse<byte[]> send(String method, String target, Map<String, String> headers) {
    return send(method, target, headers, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> get(String target) {
    return send("GET", target, Map.of());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(none)");
  }

  @Override
  public void close() {
    client.close();
  }
}
