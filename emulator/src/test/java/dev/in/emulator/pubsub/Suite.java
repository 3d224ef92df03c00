package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all suites have: a backend, clients, and a way to expect a refusal. */
abstract class Suite {
  PubSubClients clients;

  /** Shared by the tests of a class; each test has names of its own. */
  abstract PubSubBackend backend();

  @BeforeEach
  void connect() {
    clients = new PubSubClients(backend().host());
  }

  @AfterEach
  void disconnect() {
    clients.close();
  }

  static void assertRefused(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                assertThat(refusal.getStatusCode().getCode())
                    .as(refusal.getMessage())
                    .isEqualTo(code));
  }

  static void assume(boolean feature, String what) {
    assumeTrue(feature, () -> "SKIPPED: this backend does not support " + what);
  }
}
