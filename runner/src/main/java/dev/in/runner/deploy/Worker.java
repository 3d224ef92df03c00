package dev.in.runner.deploy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.process.StackFailure;
import java.util.Optional;

/** The edge's Worker, as Cloudflare has it. */
final class Worker {
  /** As Terraform's module edge names it. */
  private static final String NAME = "in-edge";

  private final Optional<Cloudflare> cloudflare;
  private final String account;

  /**
   * @param cloudflare empty if there is no token
   */
  Worker(Optional<Cloudflare> cloudflare, String account) {
    this.cloudflare = requireNonNull(cloudflare, "cloudflare is null");
    this.account = requireNonNull(account, "account is null");
  }

  /**
   * The tag of the last migration of its Durable Objects' classes, {@code none} if there is no
   * Worker: what Terraform's {@code migrate_from} takes. Cloudflare accepts each migration once.
   */
  String migration() throws StackFailure, InterruptedException {
    JsonNode scripts =
        cloudflare
            .orElseThrow(() -> new StackFailure("CLOUDFLARE_API_TOKEN is not set"))
            .get("/accounts/%s/workers/scripts".formatted(account))
            .orElseThrow(
                () -> new StackFailure("CLOUDFLARE_API_TOKEN may not list the account's Workers"));
    for (JsonNode script : scripts) {
      if (script.path("id").asText().equals(NAME)) {
        return Optional.of(script.path("migration_tag").asText(""))
            .filter(tag -> !tag.isEmpty())
            .orElseThrow(
                () ->
                    new StackFailure(
                        "the Worker %s was not made by Terraform, which cannot take it over"
                            .formatted(NAME)));
      }
    }
    return "none";
  }
}
