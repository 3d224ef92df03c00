package dev.in.core.auth;

import static dev.in.core.auth.TestingIssuerResource.ACCOUNT;
import static dev.in.core.auth.TestingIssuerResource.AUDIENCE;
import static dev.in.core.auth.TestingIssuerResource.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code IN_PUSH_AUTH=oidc}: this application verifies the tokens, all of them and all of each. */
@QuarkusTest
@TestProfile(OidcPushAuthTest.Oidc.class)
class OidcPushAuthTest {
  private static final PushBody BODY =
      PushBody.of(EventCodec.write(TestTask.request(Stage.DOWNLOAD)));

  @TestHTTPResource("/")
  URI endpoint;

  @Inject TestingHandler probe;

  TestingIssuer issuer;

  @BeforeEach
  void startOver() {
    probe.reset();
  }

  @Test
  void thePushAccountsTokenIsGood() {
    assertThat(push(issuer.signed(claims()))).isEqualTo(204);
    assertThat(probe.seen()).hasSize(1);
  }

  @Test
  void anAudienceAmongOthersIsGood() {
    Map<String, Object> claims = claims();
    claims.put("aud", List.of("someone-else", AUDIENCE));

    assertThat(push(issuer.signed(claims))).isEqualTo(204);
  }

  /** What is wrong with a token that nobody vouches for. */
  enum Unauthenticated {
    NONE {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return Optional.empty();
      }
    },
    NO_BEARER {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return Optional.of("Basic cHVzaDpwdXNo");
      }
    },
    NOTHING_AFTER_BEARER {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return Optional.of("Bearer ");
      }
    },
    NO_JWT {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return Optional.of("Bearer opaque-and-unknown");
      }
    },
    WRONG_AUDIENCE {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        claims.put("aud", "http://127.0.0.1:8080/");
        return bearer(issuer.signed(claims));
      }
    },
    NO_AUDIENCE {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        claims.remove("aud");
        return bearer(issuer.signed(claims));
      }
    },
    WRONG_ISSUER {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        claims.put("iss", "https://accounts.google.com");
        return bearer(issuer.signed(claims));
      }
    },
    EXPIRED {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        claims.put("iat", Instant.now().minus(Duration.ofHours(2)).getEpochSecond());
        claims.put("exp", Instant.now().minus(Duration.ofHours(1)).getEpochSecond());
        return bearer(issuer.signed(claims));
      }
    },
    FORGED {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return bearer(issuer.forged(claims));
      }
    },
    UNKNOWN_KEY {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return bearer(issuer.signedByStranger(claims));
      }
    },
    PUBLIC_KEY_AS_SECRET {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return bearer(issuer.signedByPublicKey(claims));
      }
    },
    SIGNATURE_REMOVED {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        return bearer(TestingIssuer.withoutSignature(issuer.signed(claims)));
      }
    },
    UNSIGNED {
      @Override
      Optional<String> header(TestingIssuer issuer, Map<String, Object> claims) {
        String[] parts = issuer.signed(claims).split("\\.");
        return bearer("eyJhbGciOiJub25lIn0." + parts[1] + "."); // {"alg":"none"}
      }
    };

    abstract Optional<String> header(TestingIssuer issuer, Map<String, Object> claims);

    private static Optional<String> bearer(String token) {
      return Optional.of("Bearer " + token);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoeverCannotProveWhoTheyAreIsUnauthenticated(Unauthenticated wrong) {
    PushClient client =
        wrong
            .header(issuer, claims())
            .map(new PushClient(endpoint)::authorizedBy)
            .orElseGet(() -> new PushClient(endpoint));

    assertThat(client.push(BODY).statusCode()).isEqualTo(401);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void anotherAccountIsForbidden() {
    Map<String, Object> claims = claims();
    claims.put("email", "someone@in-local.iam.gserviceaccount.com");
    assertThat(push(issuer.signed(claims))).isEqualTo(403);

    claims.put("email", ACCOUNT.toUpperCase(Locale.ROOT));
    assertThat(push(issuer.signed(claims))).isEqualTo(403);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void anEmailThatIsNotVerifiedIsForbidden() {
    Map<String, Object> claims = claims();
    claims.put("email_verified", false);

    assertThat(push(issuer.signed(claims))).isEqualTo(403);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void anEmailOfWhichNothingIsSaidIsForbidden() {
    Map<String, Object> claims = claims();
    claims.remove("email_verified");

    assertThat(push(issuer.signed(claims))).isEqualTo(403);
  }

  @Test
  void onlyABooleanVerifiesAnEmail() {
    for (Object value : List.of("true", 1, List.of(true))) {
      Map<String, Object> claims = claims();
      claims.put("email_verified", value);

      assertThat(push(issuer.signed(claims))).as("%s", value).isEqualTo(403);
    }
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void aTokenWithoutAnEmailDoesNotPass() {
    Map<String, Object> claims = claims();
    claims.remove("email");

    assertThat(push(issuer.signed(claims))).isIn(401, 403);
    assertThat(probe.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "/;a=b", "/%2F", "/.", "/x/..", "/?a=b", "/%20", "/q/../"})
  void noSpellingOfThePathGoesRoundIt(String path) {
    HttpResponse<String> answer = new PushClient(endpoint).postTo(path, BODY.json());

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(probe.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/started", "/q/health/live", "/q/metrics"})
  void probesAndMetricsNeedNoToken(String path) {
    assertThat(new PushClient(endpoint).get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void theOperatorsAccountMayCallWhatIsForOperators() {
    assertThat(operate(issuer.claims(OPERATOR, AUDIENCE)).body()).isEqualTo("for operators");
  }

  /** Pub/Sub and Cloud Scheduler push with the same account. */
  @Test
  void thePushAccountIsNoOperator() {
    assertThat(operate(claims()).statusCode()).isEqualTo(403);
  }

  @Test
  void operatorsMayNotPush() {
    assertThat(push(issuer.signed(issuer.claims(OPERATOR, AUDIENCE)))).isEqualTo(403);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void whoeverIsNobodysAccountIsNoOperator() {
    Map<String, Object> claims =
        issuer.claims("someone@in-local.iam.gserviceaccount.com", AUDIENCE);
    assertThat(operate(claims).statusCode()).isEqualTo(403);

    claims.put("email", OPERATOR);
    claims.put("email_verified", "true");
    assertThat(operate(claims).statusCode()).isEqualTo(403);
  }

  @Test
  void anOperatorsTokenForAnotherAudienceIsUnauthenticated() {
    assertThat(operate(issuer.claims(OPERATOR, "https://edge.example")).statusCode())
        .isEqualTo(401);
    assertThat(new PushClient(endpoint).get("/operator/test").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/operator;a=b/test",
        "/operator/;a=b/test",
        "/;a=b/operator/test",
        "/operator%3Ba=b/test",
        "//operator/test",
        "/./operator/test",
        "/q/../operator/test",
        "/x/../operator/test",
        "/%6Fperator/test",
        "/operator%2Ftest"
      })
  void noSpellingOfThePathMakesThePushAccountAnOperator(String path) {
    HttpResponse<String> answer =
        new PushClient(endpoint).authorizedBy("Bearer " + issuer.signed(claims())).get(path);

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).doesNotContain("for operators");
  }

  private HttpResponse<String> operate(Map<String, Object> claims) {
    return new PushClient(endpoint)
        .authorizedBy("Bearer " + issuer.signed(claims))
        .get("/operator/test");
  }

  private Map<String, Object> claims() {
    return issuer.claims(ACCOUNT, AUDIENCE);
  }

  private int push(String token) {
    return new PushClient(endpoint).authorizedBy("Bearer " + token).push(BODY).statusCode();
  }

  public static class Oidc implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(TestingIssuerResource.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }
}
