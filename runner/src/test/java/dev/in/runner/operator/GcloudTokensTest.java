package dev.in.runner.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcloudTokensTest {
  private static final String ACCOUNT = "operator@project.iam.gserviceaccount.com";

  @TempDir private Path folder;

  @Test
  void gcloudImpersonatesTheOperatorsAccountOnceForEachAudience() throws Exception {
    GcloudTokens tokens = gcloud("echo \"$@\" >> \"$0.log\"; echo token-$(wc -l < \"$0.log\")");

    assertThat(tokens.token("https://edge.example")).isEqualTo("token-1");
    assertThat(tokens.token("https://edge.example")).isEqualTo("token-1");
    assertThat(tokens.token("in-push")).isEqualTo("token-2");

    assertThat(Files.readAllLines(folder.resolve("gcloud.log")))
        .containsExactly(
            "auth print-identity-token --impersonate-service-account="
                + ACCOUNT
                + " --audiences=https://edge.example --include-email",
            "auth print-identity-token --impersonate-service-account="
                + ACCOUNT
                + " --audiences=in-push --include-email");
  }

  @Test
  void thePersonIsWhoeverIsLoggedIn() throws Exception {
    assertThat(gcloud("[ \"$*\" = 'config get-value account' ] && echo ada@example.com").person())
        .isEqualTo("ada@example.com");
  }

  @Test
  void whoMayNotImpersonateItGetsNoToken() throws Exception {
    GcloudTokens tokens = gcloud("exit 1");

    assertThatThrownBy(() -> tokens.token("in-push"))
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("gcloud gives no answer to: ");
  }

  @Test
  void withoutGcloudThereIsNoToken() {
    GcloudTokens tokens = new GcloudTokens(List.of(folder.resolve("absent").toString()), ACCOUNT);

    assertThatThrownBy(() -> tokens.token("in-push"))
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("gcloud cannot be run: ");
  }

  private GcloudTokens gcloud(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("gcloud"), script);
    return new GcloudTokens(List.of("sh", file.toString()), ACCOUNT);
  }
}
