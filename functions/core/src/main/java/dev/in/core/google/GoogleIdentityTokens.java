package dev.in.core.google;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * ID tokens of the function's own service account, from the metadata server on Cloud Run; Google's
 * library keeps each until shortly before it expires.
 */
@ApplicationScoped
public class GoogleIdentityTokens {
  private final ConcurrentMap<String, IdTokenCredentials> credentials = new ConcurrentHashMap<>();

  /** A token that is still valid; it may be one that was handed out before. */
  public String idToken(String audience) throws IOException {
    IdTokenCredentials ours = credentials(audience);
    ours.refreshIfExpired();
    return ours.getIdToken().getTokenValue();
  }

  /** A token that was not handed out before. */
  public String freshIdToken(String audience) throws IOException {
    IdTokenCredentials ours = credentials(audience);
    ours.refresh();
    return ours.getIdToken().getTokenValue();
  }

  private IdTokenCredentials credentials(String audience) throws IOException {
    IdTokenCredentials known = credentials.get(audience);
    if (known != null) {
      return known;
    }
    IdTokenCredentials made = create(audience);
    IdTokenCredentials first = credentials.putIfAbsent(audience, made);
    return first == null ? made : first;
  }

  private static IdTokenCredentials create(String audience) throws IOException {
    GoogleCredentials own = GoogleCredentials.getApplicationDefault();
    if (!(own instanceof IdTokenProvider provider)) {
      throw new IOException(
          own.getClass().getSimpleName() + " gives no ID tokens: run as a service account");
    }
    return IdTokenCredentials.newBuilder()
        .setIdTokenProvider(provider)
        .setTargetAudience(audience)
        // The email is what the edge knows us by; the metadata server leaves it out otherwise.
        .setOptions(
            List.of(IdTokenProvider.Option.FORMAT_FULL, IdTokenProvider.Option.INCLUDE_EMAIL))
        .build();
  }
}
