package dev.in.core.auth;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A function that verifies tokens of a {@link TestingIssuer}. */
public final class TestingIssuerResource implements QuarkusTestResourceLifecycleManager {
  static final String ACCOUNT = "push@in-local.iam.gserviceaccount.com";
  static final String OPERATOR = "operator@in-local.iam.gserviceaccount.com";
  static final String AUDIENCE = "in-local-push";

  private final TestingIssuer issuer = new TestingIssuer();

  @Override
  public Map<String, String> start() {
    return Map.of(
        "in.push.auth",
        "oidc",
        "in.push.account",
        ACCOUNT,
        "in.push.audience",
        AUDIENCE,
        "in.operator.service-account",
        OPERATOR,
        "in.oidc.issuer",
        issuer.url());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestingIssuer.class));
  }

  @Override
  public void stop() {
    issuer.close();
  }
}
