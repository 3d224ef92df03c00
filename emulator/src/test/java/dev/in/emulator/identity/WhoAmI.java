package dev.in.emulator.identity;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import java.util.List;

/**
 * A program on Google Cloud, as far as it can tell: asks Google's library who it is, and prints the
 * kind of its credentials, its account, an access token and an ID token for the given audience.
 */
public final class WhoAmI {
  private WhoAmI() {}

  public static void main(String[] args) throws Exception {
    GoogleCredentials credentials = GoogleCredentials.getApplicationDefault();
    IdTokenCredentials idToken =
        IdTokenCredentials.newBuilder()
            .setIdTokenProvider((IdTokenProvider) credentials)
            .setTargetAudience(args[0])
            .setOptions(List.of(IdTokenProvider.Option.FORMAT_FULL))
            .build();
    System.out.println(credentials.getClass().getSimpleName());
    System.out.println(((ComputeEngineCredentials) credentials).getAccount());
    System.out.println(credentials.refreshAccessToken().getTokenValue());
    System.out.println(idToken.refreshAccessToken().getTokenValue());
  }
}
