package dev.in.runner.stack;

import java.util.Map;

/** What the edge needs to know to work on a local cloud; edge/README.md lists the settings. */
final class EdgeEnvironment {
  private EdgeEnvironment() {}

  /**
   * @param signIn further settings, where users sign in; empty lets everybody in
   */
  static Map<String, String> of(
      Cloud cloud,
      ServiceAccountKey publisher,
      ServiceAccountKey uploader,
      Map<String, String> signIn) {
    Map<String, String> environment =
        BaseEnvironment.with(
            Map.ofEntries(
                Map.entry("AUTH_MODE", "none"),
                Map.entry("IN_OIDC_ISSUER", cloud.endpoint().toString()),
                Map.entry("IN_EDGE_AUDIENCE", LocalNames.EDGE_AUDIENCE),
                Map.entry("IN_SYNC_SERVICE_ACCOUNT", LocalNames.account("sync")),
                Map.entry("IN_NOTIFICATION_SERVICE_ACCOUNT", LocalNames.account("notification")),
                Map.entry("IN_TAG_INDEXER_SERVICE_ACCOUNT", LocalNames.account("tag-indexer")),
                Map.entry("IN_OPERATOR_SERVICE_ACCOUNT", LocalNames.OPERATOR_ACCOUNT),
                Map.entry("GCP_PROJECT", LocalNames.PROJECT),
                Map.entry("IMAGES_BUCKET", LocalNames.BUCKET),
                Map.entry("PUBLISHER_KEY", publisher.json()),
                Map.entry("UPLOADER_KEY", uploader.json()),
                Map.entry("PUBSUB_ENDPOINT", cloud.endpoint().toString()),
                Map.entry("STORAGE_ENDPOINT", cloud.endpoint().toString())),
            StackOptions.TIME_SCALE,
            "IN_BUDGET_UNITS_PER_DAY",
            "IN_FETCH_ALLOW");
    environment.putAll(signIn);
    return environment;
  }
}
