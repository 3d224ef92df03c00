package dev.in.runner;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** What a browser does at sign-in, without a screen: cookies, redirects, the button of a form. */
final class TestingBrowser implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  /** Opens a page; the answer's address is where redirects have led. */
  HttpResponse<String> open(URI page) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }

  /** Presses a button of that page's form, which has no fields and leads back to the page. */
  HttpResponse<String> press(HttpResponse<String> page, String name, String value)
      throws IOException, InterruptedException {
    String form = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return http.send(
        HttpRequest.newBuilder(page.uri())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
