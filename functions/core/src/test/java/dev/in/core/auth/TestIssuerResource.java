package dev.in.core.auth;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A function that verifies tokens of a {@link TestIssuer}. */
public final class TestIssuerResource implements QuarkusTestResourceLifecycleManager {
  static final String ACCOUNT = "push@in-local.iam.gserviceaccount.com";
  static final String AUDIENCE = "in-local-push";

  private final TestIssuer issuer = new TestIssuer();

  @Override
  public Map<String, String> start() {
    return Map.of(
        "in.push.auth",
        "oidc",
        "in.push.account",
        ACCOUNT,
        "in.push.audience",
        AUDIENCE,
        "in.oidc.issuer",
        issuer.url());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
  }

  @Override
  public void stop() {
    issuer.close();
  }
}
