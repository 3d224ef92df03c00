package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

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

  /** Gives a token for an audience. */
  @FunctionalInterface
  interface Source {
    String idToken(String audience) throws IOException;
  }

  /**
   * @param kept gives tokens that it may have given before
   * @param fresh gives new ones only
   */
  static IdentityTokens of(Source kept, Source fresh) {
    requireNonNull(kept, "kept is null");
    requireNonNull(fresh, "fresh is null");
    return new IdentityTokens() {
      @Override
      public String idToken(String audience) throws IOException {
        return kept.idToken(audience);
      }

      @Override
      public String freshIdToken(String audience) throws IOException {
        return fresh.idToken(audience);
      }
    };
  }
}
