package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.IMAGE;
import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.in.core.fetch.FetchFailure.Reason;
import dev.in.core.testing.TestingHost;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exemption for tests covers a host and a port by name, and no more. */
class AllowListTest {
  private final FetchFixture given = new FetchFixture();
  private final TestingHost plain = TestingHost.http();

  @BeforeEach
  void hostsThatWouldAnswer() {
    given.host.on("/", OK + "\nContent-Length: 1", new byte[1]);
    plain.on("/", OK + "\nContent-Length: 1", new byte[1]);
    given.use(given.fetcher(List.of("https"), "127.0.0.1:" + plain.port()));
  }

  @AfterEach
  void close() {
    plain.close();
    given.close();
  }

  @Test
  void anAllowedHostIsReachedWhateverItsSchemePortAndAddress() throws Exception {
    given.fetchUrl("http://127.0.0.1:" + plain.port() + "/");

    assertThat(plain.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "127.0.0.2", "[::ffff:127.0.0.1]", "[::1]", "photos.example"})
  void anotherNameForTheSameHostIsNotAllowed(String name) {
    given.names.answer("localhost", "127.0.0.1");

    FetchFailure failure = given.failureOf("http://" + name + ":" + plain.port() + "/");

    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(plain.connections()).isZero();
  }

  @Test
  void anotherPortOfTheSameHostIsNotAllowed() {
    FetchFailure failure = given.failureOf("https://127.0.0.1:" + given.host.port() + "/");

    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(given.host.connections()).isZero();
  }

  @Test
  void anAllowedHostCannotRedirectToOneThatIsNot() {
    plain.on("/away", "HTTP/1.1 302 Found\nLocation: https://127.0.0.1:" + given.host.port() + "/");

    FetchFailure failure = given.failureOf("http://127.0.0.1:" + plain.port() + "/away");

    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(given.host.connections()).isZero();
  }

  @Test
  void anAllowedHostIsBoundByTheSizeLimitAllTheSame() {
    given.maxBytes = 10;
    plain.on("/big", OK, IMAGE);

    FetchFailure failure = given.failureOf("http://127.0.0.1:" + plain.port() + "/big");

    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void anIpv6HostIsAllowedInBrackets() {
    assertThat(Endpoint.parse("[::1]:8080")).isEqualTo(new Endpoint("0:0:0:0:0:0:0:1", 8080));
  }

  @Test
  void anEndpointIsReadLikeTheHostOfAUrl() {
    assertThat(Endpoint.parse(" LOCALHOST.:9000 ")).isEqualTo(new Endpoint("localhost", 9000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", "localhost:0", ":80", "*:80", "a b:80"})
  void whatIsNoEndpointIsRefusedLoudly(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessage("not a host:port: " + text);
  }
}
