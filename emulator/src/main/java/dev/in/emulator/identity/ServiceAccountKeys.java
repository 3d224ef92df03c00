package dev.in.emulator.identity;

import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Which public keys verify what a service account has signed. */
@FunctionalInterface
public interface ServiceAccountKeys {

  /**
   * The keys of an account: those registered for it, and the local cloud's own, with which {@code
   * signBlob} signs for it.
   *
   * @param email the account, such as {@code uploader@in-local.iam.gserviceaccount.com}
   * @return empty for an account that nobody has heard of
   */
  List<RSAPublicKey> publicKeys(String email);
}
