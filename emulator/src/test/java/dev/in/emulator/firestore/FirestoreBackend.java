package dev.in.emulator.firestore;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Firestore that a suite of tests runs against, through Google's own client.
 *
 * @param firestore the client
 * @param features what tests may expect beyond what every implementation does
 */
record FirestoreBackend(Firestore firestore, Features features) {
  private static final long TIMEOUT_SECONDS = 60;

  /**
   * What differs between implementations.
   *
   * @param limitsDisjunctions {@code in} takes 30 values and no more
   */
  record Features(boolean limitsDisjunctions) {}

  static FirestoreBackend at(String host, Features features) {
    return new FirestoreBackend(
        FirestoreOptions.newBuilder()
            .setProjectId("in-local")
            .setEmulatorHost(host)
            .build()
            .getService(),
        features);
  }

  /** A collection that no other test uses. */
  CollectionReference freshCollection() {
    return firestore.collection("c" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** The result of a call that should succeed. */
  static <T> T await(ApiFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The call failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The call did not end", e);
    }
  }

  /** OK, or the code of the refusal. */
  static Status.Code outcome(ApiFuture<?> future) {
    return status(future).getCode();
  }

  /** The status of a call that should fail. */
  static Status refusal(ApiFuture<?> future) {
    Status status = status(future);
    if (status.isOk()) {
      throw new AssertionError("The call succeeded");
    }
    return status;
  }

  /** Only the code of {@link #refusal}. */
  static Status.Code refusalCode(ApiFuture<?> future) {
    return refusal(future).getCode();
  }

  private static Status status(ApiFuture<?> future) {
    try {
      future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return Status.OK;
    } catch (ExecutionException e) {
      // The client wraps the status in an ApiException or a FirestoreException, as it likes.
      Status status = Status.fromThrowable(e);
      if (status.getCode() == Status.Code.UNKNOWN) {
        throw new AssertionError("The call broke: " + e.getCause(), e.getCause());
      }
      return status;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The call did not end", e);
    }
  }
}
