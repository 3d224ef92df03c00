package dev.in.runner.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a deployment needs of others, asked before anything is made. It changes nothing. */
final class Preflight {
  /** Each is asked for its version. */
  private static final List<List<String>> TOOLS =
      List.of(
          List.of("gcloud", "version"),
          List.of("terraform", "version"),
          List.of("docker", "info"),
          List.of("jq", "--version"),
          List.of("npm", "--version"));

  private final Programs programs;
  private final Path root;
  private final Project project;
  private final Optional<Cloudflare> cloudflare;
  private final Variables variables;
  private final int functions;

  /**
   * @param cloudflare empty if there is no token
   * @param functions how many there are: each takes a CPU at least
   */
  Preflight(
      Programs programs,
      Path root,
      Project project,
      Optional<Cloudflare> cloudflare,
      Variables variables,
      int functions) {
    this.programs = programs;
    this.root = root;
    this.project = project;
    this.cloudflare = cloudflare;
    this.variables = variables;
    this.functions = functions;
  }

  /** Everything that is missing, so that people can get it all at once. */
  List<Missing> missing() throws StackFailure, InterruptedException {
    List<Missing> missing = new ArrayList<>(ofTools());
    if (missing.isEmpty()) {
      missing.addAll(ofGoogle());
    }
    missing.addAll(ofCloudflare());
    return missing;
  }

  private List<Missing> ofTools() throws InterruptedException {
    List<Missing> missing = new ArrayList<>();
    for (List<String> tool : TOOLS) {
      if (!works(tool)) {
        missing.add(
            new Missing(
                "%s does not work".formatted(String.join(" ", tool)),
                "install or start it; docs/operations/first-deployment.md names the versions"));
      }
    }
    return missing;
  }

  private boolean works(List<String> tool) throws InterruptedException {
    try {
      return programs.run(root, tool).succeeded();
    } catch (StackFailure absent) {
      return false;
    }
  }

  private List<Missing> ofGoogle() throws StackFailure, InterruptedException {
    String id = project.id();
    if (!project.isThere()) {
      return List.of(
          new Missing(
              "there is no project %s, or you may not see it".formatted(id),
              "gcloud auth login; gcloud auth application-default login; gcloud projects create "
                  + id));
    }
    List<Missing> missing = new ArrayList<>();
    if (!project.hasBilling()) {
      missing.add(
          new Missing(
              "project %s has no billing account".formatted(id),
              "gcloud billing projects link %s --billing-account=%s"
                  .formatted(id, variables.string("billing_account"))));
    }
    if (!project.allowsKeys()) {
      missing.add(
          new Missing(
              "the organisation forbids keys of service accounts, and the edge has two",
              "let an administrator except the project: gcloud resource-manager org-policies"
                  + " disable-enforce iam.disableServiceAccountKeyCreation --project="
                  + id));
    }
    OptionalInt cpus = project.cpus();
    if (cpus.isPresent() && cpus.getAsInt() < functions) {
      missing.add(
          new Missing(
              "Cloud Run has %d CPUs in the region, and there are %d functions"
                  .formatted(cpus.getAsInt(), functions),
              "ask for more: IAM & Admin, Quotas, Total CPU allocation of run.googleapis.com"));
    }
    return missing;
  }

  private List<Missing> ofCloudflare() throws StackFailure, InterruptedException {
    if (cloudflare.isEmpty()) {
      return List.of(
          new Missing(
              "CLOUDFLARE_API_TOKEN is not set",
              "make one with Workers Scripts: edit, and for the zone Workers Routes: edit and DNS:"
                  + " edit"));
    }
    Cloudflare asked = cloudflare.get();
    String account = variables.string("account_id");
    String zone = variables.string("zone_id");
    String host = variables.string("hostname");
    if (asked.get("/zones/" + zone).isEmpty()) {
      return List.of(
          new Missing(
              "CLOUDFLARE_API_TOKEN does not see zone " + zone,
              "check the token's zone, and zone_id in " + variables.file().getFileName()));
    }
    List<Missing> missing = new ArrayList<>();
    if (text(asked.get("/accounts/%s/workers/subdomain".formatted(account)), "subdomain")
        .isEmpty()) {
      missing.add(
          new Missing(
              "the Cloudflare account has no workers.dev subdomain, without which it takes no"
                  + " Worker",
              "open Workers & Pages in its dashboard once"));
    }
    if (asked
        .get("/zones/%s/bot_management".formatted(zone))
        .filter(it -> it.path("fight_mode").asBoolean())
        .isPresent()) {
      missing.add(
          new Missing(
              "Bot Fight Mode is on in the zone: it challenges callbacks and the command line",
              "switch it off: Security, Bots"));
    }
    for (JsonNode dns :
        asked
            .get("/zones/%s/dns_records?name=%s".formatted(zone, host))
            .orElse(MissingNode.getInstance())) {
      // A custom domain's own records cannot be changed by hand.
      if (!dns.path("meta").path("read_only").asBoolean()) {
        missing.add(
            new Missing(
                "%s has a DNS record already: %s".formatted(host, dns.path("type").asText()),
                "remove it: the Worker's custom domain makes its own"));
      }
    }
    return missing;
  }

  private static Optional<String> text(Optional<JsonNode> result, String field) {
    return result.map(it -> it.path(field).asText("")).filter(it -> !it.isEmpty());
  }
}
