package dev.in.notification;

import static java.util.Objects.requireNonNull;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** {@code mails/{eventId}} in Firestore: when a mail was sent, and no address. */
final class FirestoreMailLog implements MailLog {
  /** That another was faster. */
  private static final Set<Code> LOST =
      Set.of(Code.ALREADY_EXISTS, Code.FAILED_PRECONDITION, Code.NOT_FOUND);

  private final Firestore firestore;
  private final Duration timeToLive;

  FirestoreMailLog(Firestore firestore, Duration timeToLive) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.timeToLive = requireNonNull(timeToLive, "timeToLive is null");
  }

  @Override
  public Claim claim(UUID eventId, Instant now, Instant until, Deadline deadline) {
    DocumentReference document = document(eventId);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("until", timestamp(until));
    fields.put("expiresAt", timestamp(now.plus(timeToLive)));
    if (tried(document.create(fields), deadline)) {
      return Claim.CLAIMED;
    }
    DocumentSnapshot known = read(document, deadline);
    if (known.contains("sentAt")) {
      return Claim.SENT;
    }
    boolean over =
        Optional.ofNullable(known.getTimestamp("until"))
            .filter(end -> end.compareTo(timestamp(now)) <= 0)
            .isPresent();
    return over
            && tried(
                document.update(fields, Precondition.updatedAt(known.getUpdateTime())), deadline)
        ? Claim.CLAIMED
        : Claim.BUSY;
  }

  @Override
  public void sent(UUID eventId, Instant now, Deadline deadline) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sentAt", timestamp(now));
    fields.put("expiresAt", timestamp(now.plus(timeToLive)));
    tried(document(eventId).set(fields), deadline);
  }

  @Override
  public void release(UUID eventId, Deadline deadline) {
    tried(document(eventId).update("until", timestamp(Instant.EPOCH)), deadline);
  }

  private DocumentReference document(UUID eventId) {
    return firestore.collection("mails").document(eventId.toString());
  }

  private static DocumentSnapshot read(DocumentReference document, Deadline deadline) {
    try {
      return Await.answer(document.get(), deadline, "reading the mail's record");
    } catch (ExecutionException e) {
      throw new TransientFailure("the mail's record cannot be read", e.getCause());
    }
  }

  /** False where another was faster. */
  private static boolean tried(ApiFuture<?> write, Deadline deadline) {
    try {
      Await.answer(write, deadline, "writing the mail's record");
      return true;
    } catch (ExecutionException e) {
      if (isLost(e.getCause())) {
        return false;
      }
      throw new TransientFailure("the mail's record cannot be written", e.getCause());
    }
  }

  private static boolean isLost(Throwable cause) {
    return cause instanceof ApiException refused
        && LOST.contains(refused.getStatusCode().getCode());
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
