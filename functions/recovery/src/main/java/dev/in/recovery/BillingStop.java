package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.switches.FirestoreSwitchSource;
import dev.in.core.switches.Switch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Switches the analysis off, once for each month: an operator who switches it on again has the last
 * word until the next one.
 */
@ApplicationScoped
class BillingStop {
  /** Beside the switches: for which month they were set last. */
  private static final String MONTH = "billingStop";

  private final Firestore firestore;

  BillingStop(Firestore firestore) {
    this.firestore = requireNonNull(firestore, "firestore is null");
  }

  /**
   * @return false: that was done before for this month
   * @throws TransientFailure if Firestore is away, or the switches have changed meanwhile
   */
  boolean stop(String month, Deadline deadline) {
    DocumentReference switches = firestore.document(FirestoreSwitchSource.DOCUMENT);
    Map<String, Object> fields = Map.of(Switch.ANALYSIS.wireName(), false, MONTH, month);
    try {
      DocumentSnapshot found = Await.answer(switches.get(), deadline, "reading the switches");
      if (month.equals(found.get(MONTH))) {
        return false;
      }
      Await.answer(
          found.exists()
              ? switches.update(fields, Precondition.updatedAt(found.getUpdateTime()))
              : switches.create(fields),
          deadline,
          "switching the analysis off");
      return true;
    } catch (ExecutionException e) {
      throw new TransientFailure("the analysis cannot be switched off", e.getCause());
    }
  }
}
