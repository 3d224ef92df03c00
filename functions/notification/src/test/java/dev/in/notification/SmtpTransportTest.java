package dev.in.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which refusal of a mail server is about the address. */
class SmtpTransportTest {
  private static final Letter LETTER =
      new Letter(UUID.randomUUID(), "gone@example.com", "s", "t", "<p>t</p>", Optional.empty());

  @ParameterizedTest
  @CsvSource({"RCPT, 550 5.1.1 no such user", "RCPT, 553 5.1.3 bad address"})
  void anAddressThatIsRefusedForGoodHasBounced(String command, String refusal) throws Exception {
    assertThat(send(command, refusal)).isEqualTo(MailTransport.Result.BOUNCED);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 450 4.2.1 mailbox busy",
    "MAIL, 550 5.7.1 we do not know you",
    "DATA, 554 5.7.1 message refused",
    "DATA, 421 4.3.2 shutting down"
  })
  void everyOtherRefusalIsTransient(String command, String refusal) {
    assertThatThrownBy(() -> send(command, refusal)).isInstanceOf(TransientFailure.class);
  }

  /** The client misses the greeting of some new connections if it is called from elsewhere. */
  @Test
  void theClientIsCalledOnAnEventLoop() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      AtomicBoolean onEventLoop = new AtomicBoolean();
      new SmtpTransport(vertx, new RecordingMailClient(onEventLoop), "in@example.com")
          .send(LETTER, Deadline.in(Duration.ofSeconds(20), InstantSource.system()));
      assertThat(onEventLoop).isTrue();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static MailTransport.Result send(String command, String refusal) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, command, refusal));
      MailClient client =
          MailClient.create(
              vertx,
              new MailConfig("127.0.0.1", server.getLocalPort())
                  .setStarttls(StartTLSOptions.DISABLED));
      return new SmtpTransport(vertx, client, "in@example.com")
          .send(LETTER, Deadline.in(Duration.ofSeconds(20), InstantSource.system()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  /** A server that refuses one command. */
  private static void serve(ServerSocket server, String command, String refusal) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        OutputStream out = socket.getOutputStream();
        out.write("220 test\r\n".getBytes(US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String answer = line.startsWith(command) ? refusal : "250 test";
          out.write((answer + "\r\n").getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // the client, or the test, has gone
      }
    }
  }

  /** Takes every mail, and says whether it was on an event loop. */
  private record RecordingMailClient(AtomicBoolean onEventLoop) implements MailClient {
    @Override
    public Future<MailResult> sendMail(MailMessage mail) {
      onEventLoop.set(Context.isOnEventLoopThread());
      return Future.succeededFuture(new MailResult());
    }

    @Override
    public MailClient sendMail(MailMessage mail, Handler<AsyncResult<MailResult>> answer) {
      sendMail(mail).onComplete(answer);
      return this;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> closed) {
      close().onComplete(closed);
    }
  }
}
