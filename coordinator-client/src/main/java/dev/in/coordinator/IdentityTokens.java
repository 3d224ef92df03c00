package dev.in.coordinator;

import java.io.IOException;

/** Google-signed ID tokens of our own service account. */
public interface IdentityTokens {

  /**
   * A token that is still valid; it may be one that was handed out before.
   *
   * @param audience the {@code aud} claim it must bear
   * @throws IOException where none can be had now
   */
  String idToken(String audience) throws IOException;

  /**
   * A token that was not handed out before, asked for after the edge has refused one. Where no
   * tokens are kept, every token is fresh.
   */
  default String freshIdToken(String audience) throws IOException {
    return idToken(audience);
  }
}
