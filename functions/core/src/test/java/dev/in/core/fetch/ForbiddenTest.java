package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.fetch.FetchFailure.Reason;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must not be reached, and is not: the host behind it counts the connections. Only addresses
 * of this machine are named where a broken guard would connect to them.
 */
class ForbiddenTest {
  private static final String NOT_PUBLIC = "The address does not lead to a public host";

  private final FetchFixture given = new FetchFixture();

  @BeforeEach
  void aHostThatWouldAnswer() {
    given.host.on("/", OK + "\nContent-Length: 1", new byte[1]);
  }

  @AfterEach
  void close() {
    given.close();
  }

  /** Scheme and port are allowed here, and nothing is exempt. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "１２７.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "0.0.0.0",
        "localhost",
        "LOCALHOST.",
        "photos.example",
      })
  void theAddressAloneRefuses(String host) {
    given.names.answer("localhost", "127.0.0.1");
    given.use(given.fetcher(List.of("http", "https")));

    expectForbidden(given.failureOf(given.host.url(host, "/")), NOT_PUBLIC);
    expectForbidden(given.failureOf("http://" + host + ":" + given.host.port() + "/"), NOT_PUBLIC);
    assertThat(given.host.connections()).isZero();
  }

  @Test
  void oneForbiddenAddressAmongPublicOnesRefusesTheName() {
    given.names.answer("mixed.example", "127.0.0.1", "8.8.8.8");
    given.use(given.fetcher(List.of("https")));

    expectForbidden(given.failureOf(given.host.url("mixed.example", "/")), NOT_PUBLIC);
    assertThat(given.host.connections()).isZero();
  }

  @Test
  void aNameThatChangesItsMindIsJudgedByEachAnswer() throws Exception {
    given.names.answer("rebind.example", "8.8.8.8").answer("rebind.example", "127.0.0.1");
    AccessRules accessRules = new AccessRules(FetchOptions.strict(), given.names);
    TargetUrl url = UrlParser.parse("https://rebind.example/");

    assertThat(accessRules.admit(url)).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    assertThat(catchThrowableOfType(FetchFailure.class, () -> accessRules.admit(url)))
        .hasMessage(NOT_PUBLIC);
  }

  @Test
  void everyRedirectIsJudgedAgain() {
    given.names.answer("inner.example", "127.0.0.1");
    given.host.on("/first", "HTTP/1.1 302 Found\nLocation: https://inner.example/");

    expectForbidden(given.failure("/first"), NOT_PUBLIC);
    assertThat(given.host.connections()).isEqualTo(1);
    assertThat(given.names.asked()).containsExactly("photos.example", "inner.example");
  }

  @Test
  void aNameIsAskedForOnceAndThatAnswerIsConnectedTo() throws Exception {
    given.names.answer("other.example", "127.0.0.1").answer("other.example", "127.0.0.2");
    given.use(given.fetcher(List.of("https"), "other.example:" + given.host.port()));

    given.fetchUrl(given.host.url("other.example", "/"));

    assertThat(given.names.asked()).containsExactly("other.example");
    assertThat(given.host.connections()).isEqualTo(1);
  }

  @Test
  void aSchemeThatIsNotConfiguredIsRefused() {
    given.use(given.fetcher(List.of("https")));

    expectForbidden(given.failureOf("http://photos.example/"), "Only https addresses are fetched");
    assertThat(given.names.asked()).isEmpty();
  }

  @Test
  void aPortThatIsNotConfiguredIsRefused() {
    expectForbidden(
        given.failureOf("https://photos.example:22/"),
        "The address names a port that is not fetched from");
    assertThat(given.names.asked()).isEmpty();
  }

  @Test
  void aUserNameIsRefused() {
    expectForbidden(
        given.failureOf("https://user:secret@photos.example:" + given.host.port() + "/"),
        "An address with a user name or password is not fetched");
  }

  @Test
  void aRedirectToAForbiddenAddressIsRefused() {
    given.host.on("/first", "HTTP/1.1 302 Found\nLocation: https://127.0.0.2/token");

    expectForbidden(given.failure("/first"), NOT_PUBLIC);
  }

  @Test
  void aRedirectToThePlainSchemeIsRefused() {
    given.host.on("/first", "HTTP/1.1 301 Moved\nLocation: http://photos.example/a.jpg");

    expectForbidden(given.failure("/first"), "Only https addresses are fetched");
  }

  @Test
  void aRedirectToAnotherPortIsRefused() {
    given.host.on("/first", "HTTP/1.1 307 Moved\nLocation: https://photos.example:6379/");

    expectForbidden(given.failure("/first"), "The address names a port that is not fetched from");
  }

  @Test
  void aRedirectToAFileIsRefused() {
    given.host.on("/first", "HTTP/1.1 308 Moved\nLocation: file:///etc/passwd");

    assertThat(given.failure("/first").reason()).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void threeRedirectsAreFollowed() throws Exception {
    chain(3);

    assertThat(given.fetch("/0").finalUrl()).hasToString(given.url("/3"));
  }

  @Test
  void aFourthRedirectIsOneTooMany() {
    chain(4);

    FetchFailure failure = given.failure("/0");

    assertThat(failure).hasMessage("The host redirects too often");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isFalse();
    assertThat(given.host.connections()).isEqualTo(4);
  }

  @Test
  void aRedirectLoopEnds() {
    given.host.on("/loop", "HTTP/1.1 302 Found\nLocation: /loop");

    assertThat(given.failure("/loop")).hasMessage("The host redirects too often");
  }

  @Test
  void aRedirectToNowhereIsUnreachable() {
    given.host.on("/nowhere", "HTTP/1.1 302 Found\nContent-Length: 0");

    assertThat(given.failure("/nowhere")).hasMessage("The host redirects without saying where to");
  }

  private void chain(int redirects) {
    for (int i = 0; i < redirects; i++) {
      given.host.on("/" + i, "HTTP/1.1 302 Found\nLocation: /" + (i + 1));
    }
    given.host.on("/" + redirects, OK + "\nContent-Length: 1", new byte[1]);
  }

  private static void expectForbidden(FetchFailure failure, String message) {
    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(failure.transientFailure()).isFalse();
    assertThat(failure).hasMessage(message);
  }
}
