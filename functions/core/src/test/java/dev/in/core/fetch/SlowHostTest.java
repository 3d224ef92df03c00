package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.in.core.fetch.FetchFailure.Reason;
import dev.in.core.testing.TestingHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Hosts that take their time: every fetch ends by its own clock. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class SlowHostTest {
  private static final Duration MOMENT = Duration.ofMillis(500);

  private final FetchFixture given = new FetchFixture();

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void aBodyThatDribblesEndsAtTheDeadline() {
    given.time = MOMENT;
    given.host.on(
        "/slow",
        out -> {
          TestingHost.write(out, OK);
          dribble(out);
        });

    expectLate(given.failure("/slow"));
    assertThat(given.received.size()).isPositive();
  }

  @Test
  void aHeadThatDribblesEndsAtTheDeadline() {
    given.time = MOMENT;
    given.host.on(
        "/slow",
        out -> {
          out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes());
          dribble(out);
        });

    expectLate(given.failure("/slow"));
  }

  @Test
  void aHandshakeThatNeverComesEndsAtTheDeadline() throws IOException {
    given.time = MOMENT;
    try (ServerSocket mute = new ServerSocket(0, 50, TestingHost.loopback())) {
      given.use(given.fetcher(List.of("https"), "photos.example:" + mute.getLocalPort()));

      expectLate(given.failureOf("https://photos.example:" + mute.getLocalPort() + "/"));
    }
  }

  @Test
  void aHandshakeThatDribblesEndsAtTheDeadline() throws IOException {
    given.time = MOMENT;
    try (ServerSocket server = new ServerSocket(0, 50, TestingHost.loopback())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = server.accept()) {
                  // The head of a TLS record that announces 4 KiB.
                  socket.getOutputStream().write(new byte[] {22, 3, 3, 16, 0});
                  dribble(socket.getOutputStream());
                } catch (IOException | InterruptedException clientLeft) {
                  // As it should.
                }
              });
      given.use(given.fetcher(List.of("https"), "photos.example:" + server.getLocalPort()));

      expectLate(given.failureOf("https://photos.example:" + server.getLocalPort() + "/"));
    }
  }

  /** What the resolver and the sink take is ours. */
  @Test
  void timeThatPassesOnOurSideIsNotTheHosts() throws Exception {
    given.time = MOMENT;
    given.host.on("/quick", OK, FetchFixture.IMAGE);
    NameResolver slow =
        name -> {
          sleep(MOMENT.plusMillis(200));
          return given.names.resolve(name);
        };
    given.use(given.fetcher(slow));
    ByteArrayOutputStream received = new ByteArrayOutputStream();

    given.fetchInto(
        "/quick",
        (header, body) -> {
          received.write(body.readNBytes(10));
          sleep(MOMENT.plusMillis(200));
          body.transferTo(received);
        });

    assertThat(received.toByteArray()).isEqualTo(FetchFixture.IMAGE);
  }

  /** A virtual thread's socket reports an interrupt as if the host had closed it. */
  @Test
  void anInterruptIsNotTheHostsFault() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    given.host.on(
        "/half",
        out -> {
          TestingHost.write(out, OK);
          out.write(new byte[10]);
          out.flush();
          reading.countDown();
          Thread.sleep(Duration.ofSeconds(20));
        });
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread fetching =
        Thread.ofVirtual().start(() -> thrown.complete(catchThrowable(() -> given.fetch("/half"))));
    reading.await();
    while (given.received.size() < 10) {
      Thread.onSpinWait();
    }

    fetching.interrupt();

    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedFetchException.class);
  }

  @Test
  void aHostThatFallsSilentIsLeftBeforeTheDeadline() {
    given.idle = Duration.ofMillis(300);
    given.host.on(
        "/silent",
        out -> {
          TestingHost.write(out, OK);
          out.write(new byte[10]);
          out.flush();
          Thread.sleep(Duration.ofSeconds(20));
        });

    FetchFailure failure = given.failure("/silent");

    assertThat(failure).hasMessage("The host stopped responding");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isTrue();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void dribble(OutputStream out) throws IOException, InterruptedException {
    while (true) {
      out.write('a');
      out.flush();
      Thread.sleep(50);
    }
  }

  private static void expectLate(FetchFailure failure) {
    assertThat(failure).hasMessage("The host did not deliver the file in time");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
  }
}
