package dev.in.runner.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInChannelTest {
  private static final String ACME =
      """
      {"name": "acme", "title": "Acme", "cli":
       {"issuer": "https://login.acme.example", "clientId": "in-cli", "scopes": ["openid"]}}\
      """;
  private static final String GLOBEX = ACME.replace("acme", "globex");
  private static final String PAGE_ONLY = "{\"name\": \"page\", \"title\": \"Page\"}";

  @Test
  void theOnlyChannelNeedsNoName() throws Exception {
    assertThat(SignInChannel.choose(session(ACME, PAGE_ONLY), Optional.empty()))
        .isEqualTo(
            new SignInChannel("acme", "https://login.acme.example", "in-cli", List.of("openid")));
  }

  @Test
  void ofSeveralTheNamedOneIsChosen() throws Exception {
    assertThat(SignInChannel.choose(session(ACME, GLOBEX), Optional.of("globex")).issuer())
        .isEqualTo("https://login.globex.example");
    assertThatThrownBy(() -> SignInChannel.choose(session(ACME, GLOBEX), Optional.empty()))
        .hasMessage("choose one of the channels by --channel: acme, globex");
  }

  @Test
  void aChannelWhoseUsersDoNotSignInHereIsRefused() {
    assertThatThrownBy(() -> SignInChannel.choose(session(ACME, PAGE_ONLY), Optional.of("page")))
        .hasMessage("no users of a channel 'page' sign in on the command line, but those of acme");
    assertThatThrownBy(() -> SignInChannel.choose(session(PAGE_ONLY), Optional.empty()))
        .hasMessage("this edge has no channel whose users sign in on the command line");
    assertThatThrownBy(() -> SignInChannel.choose(session(), Optional.empty()))
        .hasMessage("this edge has no channel whose users sign in on the command line");
  }

  private static JsonNode session(String... channels) throws Exception {
    return new ObjectMapper()
        .readTree("{\"channels\": [%s]}".formatted(String.join(",", channels)));
  }
}
