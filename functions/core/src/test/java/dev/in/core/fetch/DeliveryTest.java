package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.IMAGE;
import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.testing.TestingHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private final FetchFixture given = new FetchFixture();

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void theBodyArrivesWithWhatTheHostSaidOfIt() throws Exception {
    given.host.on("/a.jpg?x=1", OK + "\nContent-Length: " + IMAGE.length, IMAGE);

    FetchedHeader header = given.fetch("/a.jpg?x=1#top");

    assertThat(given.received.toByteArray()).isEqualTo(IMAGE);
    assertThat(header.contentType()).contains("image/jpeg");
    assertThat(header.declaredLength()).hasValue(IMAGE.length);
    assertThat(header.finalUrl()).hasToString(given.url("/a.jpg?x=1"));
  }

  @Test
  void aBodyOfUnknownLengthArrivesWhole() throws Exception {
    given.host.on("/a.jpg", "HTTP/1.1 200 OK", IMAGE);

    FetchedHeader header = given.fetch("/a.jpg");

    assertThat(given.received.toByteArray()).isEqualTo(IMAGE);
    assertThat(header.contentType()).isEmpty();
    assertThat(header.declaredLength()).isEmpty();
  }

  @Test
  void aBodyInChunksArrivesWhole() throws Exception {
    given.host.on(
        "/a.jpg",
        OK + "\nTransfer-Encoding: chunked",
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".getBytes());

    given.fetch("/a.jpg");

    assertThat(given.received).hasToString("abcde");
  }

  @Test
  void theRequestTellsNothingAndAsksForNothingSpecial() throws Exception {
    given.host.on("/a.jpg", OK + "\nContent-Length: 1", new byte[1]);

    given.fetch("/a.jpg");

    assertThat(given.host.heads())
        .singleElement()
        .satisfies(
            head ->
                assertThat(head)
                    .containsExactlyInAnyOrder(
                        "GET /a.jpg HTTP/1.1",
                        "Host: photos.example:" + given.host.port(),
                        "Accept: image/*, */*;q=0.5",
                        "Accept-Encoding: identity",
                        "User-Agent: iN-fetch/1",
                        "Connection: close"));
  }

  @Test
  void aPathThatBeginsWithTwoSlashesIsAskedForAsItIs() throws Exception {
    given.host.on("//a.jpg", OK + "\nContent-Length: 1", new byte[1]);

    given.fetch("//a.jpg");

    assertThat(given.received.size()).isEqualTo(1);
  }

  @Test
  void aRedirectIsFollowedWithoutTheCookieThatCameWithIt() throws Exception {
    given.host.on(
        "/old",
        "HTTP/1.1 302 Found\nLocation: new/ü.jpg\nSet-Cookie: a=b; Path=/\nContent-Length: 0");
    given.host.on("/new/%C3%BC.jpg", OK + "\nContent-Length: 1", new byte[1]);

    FetchedHeader header = given.fetch("/old");

    assertThat(header.finalUrl()).hasToString(given.url("/new/%C3%BC.jpg"));
    assertThat(given.host.heads()).hasSize(2);
    assertThat(given.host.heads().get(1)).noneMatch(line -> line.startsWith("Cookie"));
    assertThat(given.host.connections()).isEqualTo(2);
  }

  @Test
  void aBodyInGzipIsUnpackedThoughNobodyAskedForIt() throws Exception {
    given.host.on("/a.jpg", OK + "\nContent-Encoding: gzip", gzip(IMAGE));

    FetchedHeader header = given.fetch("/a.jpg");

    assertThat(given.received.toByteArray()).isEqualTo(IMAGE);
    assertThat(header.declaredLength()).isEmpty();
  }

  @Test
  void aSinkThatHasSeenEnoughEndsTheFetch() throws Exception {
    given.host.on(
        "/endless.jpg",
        out -> {
          TestingHost.write(out, OK);
          while (true) {
            out.write(IMAGE);
          }
        });
    ByteArrayOutputStream head = new ByteArrayOutputStream();

    given.fetchInto("/endless.jpg", (header, body) -> head.write(body.readNBytes(16)));

    assertThat(head.size()).isEqualTo(16);
  }

  @Test
  void whatTheSinkThrowsIsHandedOnAsItIs() {
    given.host.on("/a.jpg", OK + "\nContent-Length: 1", new byte[1]);
    IOException diskFull = new IOException("disk full");

    assertThatThrownBy(
            () ->
                given.fetchInto(
                    "/a.jpg",
                    (header, body) -> {
                      throw diskFull;
                    }))
        .isSameAs(diskFull);
  }

  @Test
  void aSinkThatSwallowsTheFaultDoesNotHideIt() {
    given.host.on("/a.jpg", OK + "\nContent-Length: 10", new byte[3]);
    BodySink careless =
        (header, body) -> {
          try {
            body.readAllBytes();
          } catch (IOException ignored) {
            // As careless code does.
          }
        };

    assertThatThrownBy(() -> given.fetchInto("/a.jpg", careless))
        .isInstanceOf(FetchFailure.class)
        .hasMessage("The host cut the connection off");
  }

  @Test
  void theNextAddressIsTriedWhereTheFirstDoesNotAccept() throws Exception {
    given.names.answer("other.example", "127.0.0.2", "127.0.0.1");
    given.use(given.fetcher(List.of("https"), "other.example:" + given.host.port()));
    given.host.on("/a.jpg", OK + "\nContent-Length: 1", new byte[1]);

    given.fetchUrl(given.host.url("other.example", "/a.jpg"));

    assertThat(given.received.size()).isEqualTo(1);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
