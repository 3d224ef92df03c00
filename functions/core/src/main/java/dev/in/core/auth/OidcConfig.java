package dev.in.core.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose tokens are believed. quarkus-oidc is configured from it. */
@ConfigMapping(prefix = "in.oidc")
public interface OidcConfig {

  /** {@code IN_OIDC_ISSUER}: the issuer's URL; its keys are found by discovery. */
  @WithDefault("https://accounts.google.com")
  String issuer();
}
