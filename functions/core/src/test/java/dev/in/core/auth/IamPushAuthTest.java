package dev.in.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.handler.Outcome.Nack;
import dev.in.core.push.TestingHandler;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.EventCodec;
import dev.in.events.Stage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code IN_PUSH_AUTH=iam}: Cloud Run has verified the token and removed its signature. No issuer
 * is asked for anything: none is configured that would answer.
 */
@QuarkusTest
@TestProfile(IamPushAuthTest.Iam.class)
class IamPushAuthTest {
  private static final String ACCOUNT = "push@in-local.iam.gserviceaccount.com";
  private static final String OPERATOR = "operator@in-local.iam.gserviceaccount.com";
  private static final PushBody BODY =
      PushBody.of(EventCodec.write(TestTask.request(Stage.DOWNLOAD)));

  @TestHTTPResource("/")
  URI endpoint;

  @Inject TestingHandler probe;

  private static TestingIssuer issuer;

  @BeforeEach
  void startOver() {
    probe.reset();
  }

  @BeforeAll
  static void makeKeys() {
    issuer = new TestingIssuer();
  }

  @AfterAll
  static void close() {
    issuer.close();
  }

  @Test
  void thePushAccountsTokenIsGoodWithoutItsSignature() {
    assertThat(push(removed(claims()))).isEqualTo(204);
    assertThat(probe.seen()).hasSize(1);
  }

  @Test
  void theAudienceWasCloudRunsToCheck() {
    Map<String, Object> claims = claims();
    claims.put("aud", "https://download-4711.run.app");

    assertThat(push(removed(claims))).isEqualTo(204);
  }

  @Test
  void anotherAccountIsRefused() {
    Map<String, Object> claims = claims();
    claims.put("email", "someone@in-local.iam.gserviceaccount.com");

    assertThat(push(removed(claims))).isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void onlyABooleanVerifiesAnEmail() {
    for (Object value : List.of(false, "true", 1)) {
      Map<String, Object> claims = claims();
      claims.put("email_verified", value);
      assertThat(push(removed(claims))).as("%s", value).isEqualTo(401);
    }
    Map<String, Object> claims = claims();
    claims.remove("email_verified");
    assertThat(push(removed(claims))).isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer x.y.z", "Bearer e30.e30.e30"})
  void whatIsNoTokenIsRefused(String header) {
    assertThat(new PushClient(endpoint).authorizedBy(header).push(BODY).statusCode())
        .isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  /** Of the two headers Cloud Run would have checked the other one. */
  @Test
  void aTokenBesideTheOneThatCloudRunChecksIsRefused() {
    String token = "Bearer " + removed(claims());

    assertThat(
            new PushClient(endpoint)
                .authorizedBy(token)
                .with("X-Serverless-Authorization", token)
                .push(BODY)
                .statusCode())
        .isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void noTokenIsRefused() {
    assertThat(new PushClient(endpoint).push(BODY).statusCode()).isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/started", "/q/health/live", "/q/metrics"})
  void probesAndMetricsNeedNoToken(String path) {
    assertThat(new PushClient(endpoint).get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void theOperatorsAccountMayCallWhatIsForOperators() {
    assertThat(operate(issuer.claims(OPERATOR, "in-local-push")).body()).isEqualTo("for operators");
  }

  /** Pub/Sub and Cloud Scheduler push with the same account. */
  @Test
  void thePushAccountIsNoOperator() {
    assertThat(operate(claims()).statusCode()).isEqualTo(401);
  }

  @Test
  void operatorsMayNotPush() {
    assertThat(push(removed(issuer.claims(OPERATOR, "in-local-push")))).isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void operatorsAloneMayReplayToAFunctionThatTakesReplays() {
    assertThat(replay(removed(issuer.claims(OPERATOR, "in-local-push")))).isEqualTo(204);
    assertThat(probe.seen()).hasSize(1);
    assertThat(replay(removed(claims()))).isEqualTo(401);
    assertThat(probe.seen()).hasSize(1);
  }

  @Test
  void aReplayIsAnsweredLikeAPush() {
    probe.answer(() -> new Nack("not now"));
    assertThat(replay(removed(issuer.claims(OPERATOR, "in-local-push")))).isEqualTo(503);
  }

  private int replay(String token) {
    return new PushClient(endpoint)
        .authorizedBy("Bearer " + token)
        .postTo("/operator/replay", BODY.json())
        .statusCode();
  }

  @Test
  void anEmailThatIsNotVerifiedIsNoOperators() {
    Map<String, Object> claims = issuer.claims(OPERATOR, "in-local-push");
    claims.put("email_verified", "true");

    assertThat(operate(claims).statusCode()).isEqualTo(401);
    assertThat(new PushClient(endpoint).get("/operator/test").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> operate(Map<String, Object> claims) {
    return new PushClient(endpoint).authorizedBy("Bearer " + removed(claims)).get("/operator/test");
  }

  private Map<String, Object> claims() {
    return issuer.claims(ACCOUNT, "in-local-push");
  }

  private String removed(Map<String, Object> claims) {
    return TestingIssuer.withoutSignature(issuer.signed(claims));
  }

  private int push(String token) {
    return new PushClient(endpoint).authorizedBy("Bearer " + token).push(BODY).statusCode();
  }

  public static class Iam implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          // One that topology.yaml calls replayable.
          "quarkus.application.name",
          "tag-indexer",
          "in.push.auth",
          "iam",
          "in.push.account",
          ACCOUNT,
          "in.operator.service-account",
          OPERATOR,
          "in.oidc.issuer",
          "http://127.0.0.1:1");
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }
}
