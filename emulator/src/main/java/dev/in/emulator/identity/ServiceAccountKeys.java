package dev.in.emulator.identity;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Which public key verifies what a service account has signed. */
@FunctionalInterface
public interface ServiceAccountKeys {

  /**
   * The key that is registered for an account.
   *
   * @param email the account, such as {@code uploader@in-local.iam.gserviceaccount.com}
   * @return empty for an account that is not registered
   */
  Optional<RSAPublicKey> publicKey(String email);
}
