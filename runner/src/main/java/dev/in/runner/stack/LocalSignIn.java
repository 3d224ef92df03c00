package dev.in.runner.stack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Who signs in at a stack with sign-in, and by which clients of its provider. */
public final class LocalSignIn {
  /** They need no password. */
  public static final List<String> USERS = List.of("alice", "bob");

  static final String CHANNEL = "users";
  private static final String PAGE_CLIENT = "in-page";
  private static final String CLI_CLIENT = "in-cli";
  private static final int SECRET_BYTES = 32;

  private LocalSignIn() {}

  /** The provider's settings; edge/build/local-provider.js describes them. */
  static Map<String, String> providerSettings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    USERS.forEach(settings.putArray("users")::add);
    ArrayNode clients = settings.putArray("clients");
    String page = "/v1/session/callback/" + CHANNEL;
    addClient(clients, PAGE_CLIENT, "http://127.0.0.1" + page, "http://localhost" + page);
    addClient(clients, CLI_CLIENT, "http://127.0.0.1/callback").add("refresh_token");
    return Map.of("IN_LOCAL_PROVIDER", settings.toString());
  }

  /** Returns its grant types. Of native clients, the ports of redirect URIs are ignored. */
  private static ArrayNode addClient(ArrayNode clients, String id, String... redirectUris) {
    ObjectNode client =
        clients
            .addObject()
            .put("client_id", id)
            .put("application_type", "native")
            .put("token_endpoint_auth_method", "none");
    List.of(redirectUris).forEach(client.putArray("redirect_uris")::add);
    client.putArray("response_types").add("code");
    return client.putArray("grant_types").add("authorization_code");
  }

  /** The edge's settings, for users of that provider. */
  static Map<String, String> edgeSettings(URI issuer) {
    return Map.of(
        "AUTH_MODE", "oidc", "IN_CHANNELS", channels(issuer), "SESSION_SECRETS", sessionSecret());
  }

  private static String channels(URI issuer) {
    ObjectNode file = JsonNodeFactory.instance.objectNode().put("version", 1);
    ObjectNode signIn =
        file.putArray("channels")
            .addObject()
            .put("name", CHANNEL)
            .put("issuer", issuer.toString())
            .put("audience", PAGE_CLIENT)
            .putObject("signIn")
            .put("title", "the local provider");
    signIn
        .putObject("cli")
        .put("clientId", CLI_CLIENT)
        .putArray("scopes")
        .add("openid")
        .add("email")
        .add("offline_access");
    return file.toString();
  }

  private static String sessionSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
