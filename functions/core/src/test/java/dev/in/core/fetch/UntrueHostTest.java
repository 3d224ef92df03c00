package dev.in.core.fetch;

import static dev.in.core.fetch.FetchFixture.IMAGE;
import static dev.in.core.fetch.FetchFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.fetch.FetchFailure.Reason;
import dev.in.core.testing.TestingHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Hosts that send too much, too little, or something else than they say. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class UntrueHostTest {
  private final FetchFixture given = new FetchFixture();

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void anEndlessBodyEndsAtTheLimit() {
    given.host.on(
        "/endless",
        out -> {
          TestingHost.write(out, OK);
          while (true) {
            out.write(IMAGE);
          }
        });

    expectTooLarge(given.failure("/endless"));
    assertThat(given.received.size()).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void anEndlessHeadIsNotKept() {
    given.host.on(
        "/endless",
        out -> {
          out.write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes());
          while (true) {
            out.write("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".getBytes());
          }
        });

    FetchFailure failure = given.failure("/endless");

    assertThat(failure).hasMessage("The host's response is not valid HTTP");
    assertThat(failure.transientFailure()).isFalse();
  }

  @Test
  void aDeclaredLengthBeyondTheLimitIsRefusedBeforeAByteIsRead() {
    given.host.on("/big", OK + "\nContent-Length: 1000001", new byte[10]);

    expectTooLarge(given.failure("/big"));
    assertThat(given.received.size()).isZero();
  }

  @Test
  void aBodyOfExactlyTheLimitIsTaken() throws Exception {
    given.maxBytes = IMAGE.length;
    given.host.on("/a.jpg", OK, IMAGE);

    given.fetch("/a.jpg");

    assertThat(given.received.size()).isEqualTo(IMAGE.length);
  }

  @Test
  void oneByteMoreThanTheLimitIsRefused() {
    given.maxBytes = IMAGE.length - 1;
    given.host.on("/a.jpg", OK, IMAGE);

    FetchFailure failure = given.failure("/a.jpg");

    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure).hasMessage("The file is larger than 99999 bytes");
  }

  @Test
  void aBodyShorterThanDeclaredIsCutOff() {
    given.host.on("/lie", OK + "\nContent-Length: 200000", IMAGE);

    expectCutOff(given.failure("/lie"));
  }

  @Test
  void aBodyLongerThanDeclaredEndsWhereItWasDeclaredTo() throws Exception {
    given.host.on("/lie", OK + "\nContent-Length: 10", IMAGE);

    assertThat(given.fetch("/lie").declaredLength()).hasValue(10);
    assertThat(given.received.size()).isEqualTo(10);
  }

  @Test
  void chunksThatStopAreCutOff() {
    given.host.on("/cut", OK + "\nTransfer-Encoding: chunked", "5\r\nabcde\r\n5\r\nab".getBytes());

    expectCutOff(given.failure("/cut"));
  }

  @Test
  void aHostThatHangsUpWithoutAnAnswerIsCutOff() {
    given.host.on("/nothing", out -> {});

    expectCutOff(given.failure("/nothing"));
  }

  @Test
  void aHostThatSpeaksNoHttpIsUnreachable() {
    given.host.on("/other", "HTTP/1.1 200 OK\nContent-Length: some");

    FetchFailure failure = given.failure("/other");

    assertThat(failure).hasMessage("The host's response is not valid HTTP");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isFalse();
  }

  @Test
  void aCompressedBombEndsAtTheLimit() throws Exception {
    byte[] bomb = bomb(200);
    assertThat(bomb.length).isLessThan(300_000);
    given.host.on("/bomb", OK + "\nContent-Encoding: gzip\nContent-Length: " + bomb.length, bomb);

    expectTooLarge(given.failure("/bomb"));
    assertThat(given.received.size()).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void compressedBytesThatYieldNothingCountToo() {
    given.host.on(
        "/bomb",
        out -> {
          TestingHost.write(out, OK + "\nContent-Encoding: gzip");
          out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
          byte[] emptyStoredBlocks = new byte[50_000];
          for (int i = 0; i < emptyStoredBlocks.length; i += 5) {
            emptyStoredBlocks[i + 3] = (byte) 0xff;
            emptyStoredBlocks[i + 4] = (byte) 0xff;
          }
          while (true) {
            out.write(emptyStoredBlocks);
          }
        });

    expectTooLarge(given.failure("/bomb"));
    assertThat(given.received.size()).isZero();
  }

  @Test
  void gzipThatIsNoneIsUnreachable() {
    given.host.on("/a.jpg", OK + "\nContent-Encoding: gzip", IMAGE);

    assertThat(given.failure("/a.jpg")).hasMessage("The host's compressed answer is broken");
  }

  @Test
  void aCodingThatNobodyAskedForIsRefused() {
    given.host.on("/a.jpg", OK + "\nContent-Encoding: br", IMAGE);

    FetchFailure failure = given.failure("/a.jpg");

    assertThat(failure).hasMessage("The host compresses its answer, though not asked to");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  private static byte[] bomb(int megabytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < megabytes; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    return packed.toByteArray();
  }

  private static void expectTooLarge(FetchFailure failure) {
    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure.transientFailure()).isFalse();
  }

  private static void expectCutOff(FetchFailure failure) {
    assertThat(failure).hasMessage("The host cut the connection off");
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.transientFailure()).isTrue();
  }
}
