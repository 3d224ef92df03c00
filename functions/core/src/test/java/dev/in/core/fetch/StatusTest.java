package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.fetch.FetchFailure.Reason;
import dev.in.events.FailureCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  private final FetchFixture given = new FetchFixture();

  @AfterEach
  void close() {
    given.close();
  }

  @ParameterizedTest
  @CsvSource({
    "201, UNREACHABLE, false",
    "204, UNREACHABLE, false",
    "206, UNREACHABLE, false",
    "300, UNREACHABLE, false",
    "304, UNREACHABLE, false",
    "305, UNREACHABLE, false",
    "400, UNREACHABLE, false",
    "401, UNREACHABLE, false",
    "403, UNREACHABLE, false",
    "404, NOT_FOUND, false",
    "408, UNREACHABLE, true",
    "410, NOT_FOUND, false",
    "418, UNREACHABLE, false",
    "425, UNREACHABLE, true",
    "429, UNREACHABLE, true",
    "451, UNREACHABLE, false",
    "500, UNREACHABLE, true",
    "501, UNREACHABLE, false",
    "502, UNREACHABLE, true",
    "503, UNREACHABLE, true",
    "504, UNREACHABLE, true",
    "505, UNREACHABLE, false",
    "599, UNREACHABLE, true",
  })
  void everyStatusHasItsVerdict(int status, Reason reason, boolean worthAnotherTry) {
    given.host.on("/a.jpg", "HTTP/1.1 " + status + " Whatever\nContent-Length: 0");

    FetchFailure failure = given.failure("/a.jpg");

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.transientFailure()).isEqualTo(worthAnotherTry);
    assertThat(failure).hasMessage("The host answered with status " + status);
  }

  @Test
  void anAnswerByAnotherCacheIsTaken() throws Exception {
    given.host.on("/a.jpg", "HTTP/1.1 203 OK\nContent-Length: 1", new byte[1]);

    given.fetch("/a.jpg");

    assertThat(given.received.size()).isEqualTo(1);
  }

  @Test
  void anInterimAnswerIsNotTheAnswer() throws Exception {
    given.host.on(
        "/a.jpg",
        "HTTP/1.1 103 Early Hints\nLink: </x>\n\nHTTP/1.1 200 OK\nContent-Length: 1",
        new byte[1]);

    given.fetch("/a.jpg");

    assertThat(given.received.size()).isEqualTo(1);
  }

  @Test
  void everyReasonIsAFailureCode() {
    assertThat(Reason.FORBIDDEN.code()).isEqualTo(FailureCode.SOURCE_FORBIDDEN);
    assertThat(Reason.UNREACHABLE.code()).isEqualTo(FailureCode.SOURCE_UNREACHABLE);
    assertThat(Reason.NOT_FOUND.code()).isEqualTo(FailureCode.SOURCE_NOT_FOUND);
    assertThat(Reason.TOO_LARGE.code()).isEqualTo(FailureCode.SOURCE_TOO_LARGE);
  }

  @Test
  void aFailureBecomesTheVerdictOnTheTask() {
    FetchFailure failure = given.failure("/missing");

    assertThat(failure.permanent().code()).isEqualTo(FailureCode.SOURCE_NOT_FOUND);
    assertThat(failure.permanent()).hasMessage("The host answered with status 404");
  }
}
