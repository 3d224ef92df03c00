package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.in.core.failure.TransientFailure;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A name that does not exist is the user's; a name server that fails is ours. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class DnsResolverTest {
  private static final String NAME = "photos.example";

  private final TestingNameServer server;
  private final DnsResolver resolver;

  DnsResolverTest() throws IOException {
    server = new TestingNameServer();
    resolver =
        new DnsResolver(
            new SingletonDnsServerAddressStreamProvider(server.address()),
            Duration.ofMillis(300),
            Duration.ofSeconds(10));
  }

  @AfterEach
  void close() {
    resolver.close();
    server.close();
  }

  @Test
  void allAddressesOfANameAreFound() throws Exception {
    server.answer("192.0.2.7", "2001:db8::7");

    assertThat(resolver.resolve(NAME))
        .containsExactly(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7"));
  }

  @Test
  void aNameThatDoesNotExistIsUnknown() {
    server.fail(TestingNameServer.NXDOMAIN);

    assertThatThrownBy(() -> resolver.resolve(NAME)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aNameWithoutAddressesIsUnknown() {
    server.answer();

    assertThatThrownBy(() -> resolver.resolve(NAME)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aServerThatFailsSaysNothingAboutTheName() {
    server.fail(TestingNameServer.SERVFAIL);

    assertThatThrownBy(() -> resolver.resolve(NAME)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aServerThatRefusesSaysNothingAboutTheName() {
    server.fail(TestingNameServer.REFUSED);

    assertThatThrownBy(() -> resolver.resolve(NAME)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aServerThatDoesNotAnswerSaysNothingAboutTheName() {
    server.beSilent();

    assertThatThrownBy(() -> resolver.resolve(NAME)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aFailureIsNotRemembered() throws Exception {
    server.fail(TestingNameServer.SERVFAIL);
    assertThat(catchThrowable(() -> resolver.resolve(NAME))).isNotNull();
    server.fail(TestingNameServer.NXDOMAIN);
    assertThat(catchThrowable(() -> resolver.resolve(NAME))).isNotNull();
    server.answer("192.0.2.7");

    assertThat(resolver.resolve(NAME)).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
  }

  @Test
  void anInterruptEndsTheLookUp() throws Exception {
    server.beSilent();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> thrown.complete(catchThrowable(() -> resolver.resolve(NAME))));
    server.awaitQuery();

    asking.interrupt();

    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void namesThatNeverExistAreNotAskedFor() {
    assertThatThrownBy(() -> resolver.resolve("nowhere.invalid"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(server.queries()).isZero();
  }
}
