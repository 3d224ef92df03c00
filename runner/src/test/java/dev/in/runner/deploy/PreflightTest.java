package dev.in.runner.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTest {
  private static final String VARIABLES =
      """
      account_id      = "account"
      zone_id         = "zone"
      hostname        = "in.example.com"
      billing_account = "000000-000000-000000"
      """;

  private final TestingPrograms programs = new TestingPrograms();
  private final TestingCloudflare cloudflare = programs.cloudflare;

  @Test
  void whereEverythingIsThereNothingIsMissing() throws Exception {
    assertThat(missing(Optional.of(cloudflare))).isEmpty();
    assertThat(programs.changes).isEmpty();
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnce() throws Exception {
    programs.hasBilling = false;
    programs.allowsKeys = false;
    programs.milliCpus = "5000";
    cloudflare.answers.remove(TestingCloudflare.SUBDOMAIN);
    cloudflare.answers.put(TestingCloudflare.BOTS, "{\"fight_mode\": true}");
    cloudflare.answers.put(TestingCloudflare.RECORDS, "[{\"type\": \"CNAME\"}]");

    assertThat(missing(Optional.of(cloudflare)))
        .containsExactly(
            "project in-test has no billing account",
            "the organisation forbids keys of service accounts, and the edge has two",
            "Cloud Run has 5 CPUs in the region, and there are 9 functions",
            "the Cloudflare account has no workers.dev subdomain, without which it takes no Worker",
            "Bot Fight Mode is on in the zone: it challenges callbacks and the command line",
            "in.example.com has a DNS record already: CNAME");
  }

  @Test
  void aQuotaThatCannotBeReadIsNotMissing() throws Exception {
    programs.milliCpus = "";

    assertThat(missing(Optional.of(cloudflare))).isEmpty();
  }

  @Test
  void theRecordOfTheWorkersOwnDomainIsNotInTheWay() throws Exception {
    cloudflare.answers.put(
        TestingCloudflare.RECORDS, "[{\"type\": \"AAAA\", \"meta\": {\"read_only\": true}}]");

    assertThat(missing(Optional.of(cloudflare))).isEmpty();
  }

  @Test
  void withoutAToolNothingElseIsAskedOfGoogle() throws Exception {
    programs.absent.add("docker");
    programs.hasBilling = false;

    assertThat(missing(Optional.of(cloudflare))).containsExactly("docker info does not work");
  }

  @Test
  void withoutATokenThatIsSaid() throws Exception {
    assertThat(missing(Optional.empty())).containsExactly("CLOUDFLARE_API_TOKEN is not set");
  }

  private List<String> missing(Optional<Cloudflare> asked) throws Exception {
    Path root = Path.of("");
    Project project = new Project(programs, root, "in-test", "europe-west1");
    Variables variables = new Variables(Path.of("test.tfvars"), VARIABLES);
    return new Preflight(programs, root, project, asked, variables, 9)
        .missing().stream().map(Missing::what).toList();
  }
}
