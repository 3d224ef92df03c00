package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a page of some site has a browser of this machine make. */
class LocalRequestsTest {
  private static LocalCloud cloud;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:80", "127.0.0.1:1", "[::1]:8085"})
  void aLocalHostIsServed(String host) throws IOException {
    assertThat(status("Host: " + host)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1"})
  void aForeignHostIsRefused(String host) throws IOException {
    cloud.counters().reset();
    assertThat(status("Host: " + host)).isEqualTo(403);
    assertThat(cloud.counters().snapshot()).as("calls").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8787", "http://127.0.0.1", "https://localhost"})
  void aLocalOriginIsServed(String origin) throws IOException {
    assertThat(status("Host: localhost\r\nOrigin: " + origin)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example"})
  void aForeignOriginIsRefused(String origin) throws IOException {
    assertThat(status("Host: localhost\r\nOrigin: " + origin)).isEqualTo(403);
  }

  @Test
  void theRefusalIsInGooglesForm() {
    Http.Answer answer =
        Http.get(cloud.endpoint().resolve("/_in/counters"), "Origin", "https://evil.example");
    assertThat(answer.json().path("error").path("status").asText()).isEqualTo("PERMISSION_DENIED");
    assertThat(answer.text()).contains("https://evil.example");
  }

  private static int status(String headers) throws IOException {
    try (Socket socket = new Socket("localhost", cloud.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      // Not to the end: the server leaves it to the client for three seconds to close first.
      String statusLine =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }
  }
}
