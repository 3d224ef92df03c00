package dev.in.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Cloud Billing says of the month's budget. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
class BillingTest {
  private static final String NOVEMBER = "2026-11-01T08:00:00Z";
  private static final String DECEMBER = "2026-12-01T08:00:00Z";

  @TestHTTPResource("/")
  URI endpoint;

  @LocalCloud LocalCloudProcess cloud;
  @Inject Firestore firestore;

  @BeforeEach
  @AfterEach
  void startOver() throws Exception {
    cloud.clearFaults();
    switches().delete().get();
  }

  @Test
  void costsBelowTheBudgetChangeNothing() throws Exception {
    assertThat(notify(99.99, 100, NOVEMBER)).isEqualTo(204);

    assertThat(switches().get().get().exists()).isFalse();
  }

  @Test
  void costsThatReachTheBudgetSwitchTheAnalysisOff() throws Exception {
    assertThat(notify(100, 100, NOVEMBER)).isEqualTo(204);

    assertThat(fields()).isEqualTo(Map.of("analysis", false, "billingStop", NOVEMBER));
  }

  @Test
  void otherSwitchesStayAsTheyAre() throws Exception {
    switches().set(Map.of("callbacks", false)).get();

    notify(100, 100, NOVEMBER);

    assertThat(fields())
        .isEqualTo(Map.of("analysis", false, "billingStop", NOVEMBER, "callbacks", false));
  }

  @Test
  void anOperatorHasTheLastWordUntilTheNextMonth() throws Exception {
    notify(100, 100, NOVEMBER);
    switches().update("analysis", true).get();

    notify(120, 100, NOVEMBER);
    assertThat(fields()).containsEntry("analysis", true);

    notify(100, 100, DECEMBER);
    assertThat(fields()).isEqualTo(Map.of("analysis", false, "billingStop", DECEMBER));
  }

  @Test
  void whereFirestoreIsAwayItComesAgain() {
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/Commit", "effect": "failBefore", "code": "PERMISSION_DENIED"}
        """);

    assertThat(notify(100, 100, NOVEMBER)).isEqualTo(503);
  }

  @Test
  void whatIsNoNotificationIsTakenAndChangesNothing() throws Exception {
    assertThat(post("{}")).isEqualTo(204);
    assertThat(post("not JSON")).isEqualTo(204);

    assertThat(switches().get().get().exists()).isFalse();
  }

  private int notify(double cost, double budget, String month) {
    return post(
        """
        {"budgetDisplayName": "iN", "costAmount": %s, "budgetAmount": %s,
         "costIntervalStart": "%s", "budgetAmountType": "SPECIFIED_AMOUNT", "currencyCode": "USD"}
        """
            .formatted(cost, budget, month));
  }

  private int post(String body) {
    return new PushClient(endpoint).postTo("/billing", body).statusCode();
  }

  private DocumentReference switches() {
    return firestore.document("switches/current");
  }

  private Map<String, Object> fields() throws Exception {
    return switches().get().get().getData();
  }
}
