package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.CERTIFICATE;
import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.failure.TransientFailure;
import dev.in.core.fetch.FetchFailure.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private final FetchFixture given = new FetchFixture();

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    trustOnly("photos.example", List.of());

    expectUntrusted(given.failure("/"));
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    given.names.answer("third.example", "127.0.0.1");
    trustOnly("third.example", List.of(CERTIFICATE.certificate()));

    expectUntrusted(given.failureOf(given.host.url("third.example", "/")));
  }

  @Test
  void aCertificateIsHeldAgainstTheAddressWhereThereIsNoName() throws Exception {
    given.host.on("/", OK + "\nContent-Length: 0");
    trustOnly("127.0.0.1", List.of(CERTIFICATE.certificate()));

    given.fetchUrl(given.host.url("127.0.0.1", "/"));

    assertThat(given.host.heads()).hasSize(1);
  }

  @Test
  void certificatesAreReadFromAPemFile(@TempDir Path folder) throws Exception {
    Path pem = Files.writeString(folder.resolve("ca.pem"), CERTIFICATE.pem());

    assertThat(Trust.readPem(pem)).containsExactly(CERTIFICATE.certificate());
  }

  @Test
  void aFileWithoutCertificatesIsRefusedLoudly(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("ca.pem"), "");
    Path junk = Files.writeString(folder.resolve("junk.pem"), "-----BEGIN CERTIFICATE-----\nx");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.readPem(empty))
        .withMessage("no certificate in " + empty);
    assertThatIllegalArgumentException().isThrownBy(() -> Trust.readPem(junk));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.readPem(folder.resolve("none.pem")));
  }

  @Test
  void aProxyInTheSystemPropertiesIsNotUsed() throws Exception {
    given.host.on("/", OK + "\nContent-Length: 0");
    try {
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", "1");
      // Empty: otherwise 127.* goes past every proxy.
      System.setProperty("socksNonProxyHosts", "");
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("https.proxyHost", "127.0.0.1");
      System.setProperty("https.proxyPort", "1");

      given.fetch("/");
    } finally {
      System.clearProperty("socksProxyHost");
      System.clearProperty("socksProxyPort");
      System.clearProperty("socksNonProxyHosts");
      System.clearProperty("http.nonProxyHosts");
      System.clearProperty("https.proxyHost");
      System.clearProperty("https.proxyPort");
    }

    assertThat(given.host.heads()).hasSize(1);
  }

  @Test
  void aPortWithNobodyBehindItIsUnreachable() throws Exception {
    // Bound without listening: nobody else can take the port in the meantime.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String endpoint = "photos.example:" + held.getLocalPort();
      given.use(given.fetcher(List.of("https"), endpoint));

      FetchFailure failure = given.failureOf("https://" + endpoint + "/");

      assertThat(failure).hasMessage("The host does not accept connections");
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure.transientFailure()).isTrue();
    }
  }

  @Test
  void aNameThatDoesNotResolveIsUnreachable() {
    FetchFailure failure = given.failureOf("https://nowhere.example/");

    assertThat(failure).hasMessage("The host's name could not be resolved");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isFalse();
  }

  @Test
  void aResolverThatFailsSaysNothingAboutTheHost() {
    TransientFailure outage = new TransientFailure("the name servers failed", null);
    given.use(
        given.fetcher(
            _ -> {
              throw outage;
            }));

    assertThatThrownBy(() -> given.fetch("/")).isSameAs(outage);
  }

  private void trustOnly(String host, List<X509Certificate> certificates) {
    given.use(
        new GuardedFetcher(
            new FetchOptions(
                new TreeSet<>(Set.of("https")),
                Set.of(443),
                Set.of(new Endpoint(host, given.host.port())),
                certificates),
            given.names));
  }

  private static void expectUntrusted(FetchFailure failure) {
    assertThat(failure).hasMessage("The host's certificate is not trusted");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isFalse();
  }
}
