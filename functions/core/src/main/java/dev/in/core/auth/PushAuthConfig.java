package dev.in.core.auth;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How pushes are authenticated. There is no default: leaving it out must not open a function. */
@ConfigMapping(prefix = "in.push")
public interface PushAuthConfig {

  /** {@code IN_PUSH_AUTH}: oidc, iam or none. */
  PushAuth auth();

  /** {@code IN_PUSH_ACCOUNT}: the email of the service account that pushes; not for none. */
  Optional<String> account();

  /** {@code IN_PUSH_AUDIENCE}: the audience of its tokens, a fixed string; for oidc. */
  Optional<String> audience();
}
