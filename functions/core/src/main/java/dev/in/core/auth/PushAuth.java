package dev.in.core.auth;

/** Who checks that a push comes from our own Pub/Sub subscription. */
public enum PushAuth {
  /** This application: quarkus-oidc verifies signature, issuer, audience and expiry. */
  OIDC,
  /**
   * Cloud Run's IAM has verified the token and removed its signature; only the push account may
   * invoke the service, and the token's email is compared once more.
   */
  IAM,
  /** Nobody; refused on Cloud Run. */
  NONE
}
