package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a function needs to know to work on a local cloud. Also what somebody needs to know who
 * starts one by hand.
 *
 * @param cloud the local cloud
 * @param edge where the edge is
 * @param noCredentials a folder without credentials, in place of the user's gcloud configuration
 * @param mail a folder where mail lands, a file each
 */
record FunctionEnvironment(Cloud cloud, URI edge, Path noCredentials, Path mail) {

  private static final String[] PASSED_THROUGH = {
    StackOptions.TIME_SCALE, "IN_FETCH_SCHEMES", "IN_FETCH_PORTS", "IN_FETCH_ALLOW", "IN_FETCH_CA"
  };

  FunctionEnvironment {
    requireNonNull(cloud, "cloud is null");
    requireNonNull(edge, "edge is null");
    requireNonNull(noCredentials, "noCredentials is null");
    requireNonNull(mail, "mail is null");
  }

  /** Everything for one function, what it inherits included. */
  Map<String, String> of(String function) {
    return BaseEnvironment.with(own(function), PASSED_THROUGH);
  }

  /** For one that somebody else starts, who has a PATH and a HOME. */
  Map<String, String> without(String function, int port) {
    Map<String, String> environment = new LinkedHashMap<>(own(function));
    BaseEnvironment.inherit(environment, PASSED_THROUGH);
    environment.put("PORT", Integer.toString(port));
    return environment;
  }

  private Map<String, String> own(String function) {
    return Map.ofEntries(
        Map.entry("GOOGLE_CLOUD_PROJECT", LocalNames.PROJECT),
        Map.entry("IN_IMAGES_BUCKET", LocalNames.BUCKET),
        Map.entry("PUBSUB_EMULATOR_HOST", cloud.host()),
        Map.entry("FIRESTORE_EMULATOR_HOST", cloud.host()),
        Map.entry("STORAGE_EMULATOR_HOST", cloud.endpoint().toString()),
        Map.entry("VISION_EMULATOR_HOST", cloud.host()),
        Map.entry("GCE_METADATA_HOST", cloud.metadataHost(LocalNames.account(function))),
        // Google's library looks there for a user's own credentials before it asks the
        // metadata server.
        Map.entry("CLOUDSDK_CONFIG", noCredentials.toString()),
        Map.entry("IN_PUSH_AUTH", "oidc"),
        Map.entry("IN_PUSH_ACCOUNT", LocalNames.PUSH_ACCOUNT),
        Map.entry("IN_PUSH_AUDIENCE", LocalNames.PUSH_AUDIENCE.of(function)),
        Map.entry("IN_OIDC_ISSUER", cloud.endpoint().toString()),
        Map.entry("IN_OPERATOR_SERVICE_ACCOUNT", LocalNames.OPERATOR_ACCOUNT),
        Map.entry("IN_EDGE_URL", edge.toString()),
        Map.entry("IN_EDGE_AUDIENCE", LocalNames.EDGE_AUDIENCE),
        Map.entry("IN_MAIL_FROM", "in@in-local.example"),
        Map.entry("IN_MAIL_FOLDER", mail.toString()),
        Map.entry("PORT", "0"),
        Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"));
  }
}
