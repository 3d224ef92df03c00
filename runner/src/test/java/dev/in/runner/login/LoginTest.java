package dev.in.runner.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LoginTest {
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  private TestingIssuer issuer;

  @BeforeEach
  void start() throws Exception {
    issuer = TestingIssuer.start();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void theIssuerIsAskedForACodeForTheLoopbackRedirect() throws Exception {
    Map<String, String> asked = new LinkedHashMap<>();
    SignInChannel channel = issuer.channel("openid", "offline_access");
    login(
        channel,
        page -> {
          asked.putAll(FormParameters.decode(page.getRawQuery()));
          assertThat(page.getPath()).isEqualTo("/authorize");
          giveFor(channel, asked, "");
          answer(asked, Map.of("code", "c1"));
        });

    assertThat(asked)
        .containsEntry("tenant", "1")
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "in-cli")
        .containsEntry("scope", "openid offline_access")
        .containsEntry("prompt", "consent")
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/callback");
    assertThat(asked.get("state")).matches("[\\w-]{43}").isNotEqualTo(asked.get("nonce"));
  }

  @Test
  void theCodeIsExchangedWithTheVerifierOfItsChallenge() throws Exception {
    Map<String, String> asked = new LinkedHashMap<>();
    SignInChannel channel = issuer.channel("openid", "email");
    SavedToken token =
        login(
            channel,
            page -> {
              asked.putAll(FormParameters.decode(page.getRawQuery()));
              giveFor(channel, asked, ",\"refresh_token\":\"r1\"");
              assertThat(answer(asked, Map.of("code", "c1")).body())
                  .contains("You can close this window.");
            });

    assertThat(token.userName()).isEqualTo("ada@example.com");
    assertThat(token.expiresAt()).isEqualTo(LATER);
    assertThat(token.refreshToken()).contains("r1");
    assertThat(asked).doesNotContainKey("prompt");
    Map<String, String> exchanged = issuer.asked().getFirst();
    assertThat(exchanged)
        .containsOnlyKeys("grant_type", "code", "redirect_uri", "client_id", "code_verifier")
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "c1")
        .containsEntry("redirect_uri", asked.get("redirect_uri"))
        .containsEntry("client_id", "in-cli");
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(exchanged.get("code_verifier").getBytes(US_ASCII));
    assertThat(asked.get("code_challenge"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  /** Other programs and pages of this machine reach the port, too. */
  @Test
  void onlyOneAnswerWithTheStateOfThisSignInIsTaken() throws Exception {
    SignInChannel channel = issuer.channel("openid");
    SavedToken token =
        login(
            channel,
            page -> {
              Map<String, String> asked = FormParameters.decode(page.getRawQuery());
              giveFor(channel, asked, "");
              Map<String, String> forged = new LinkedHashMap<>(asked);
              forged.put("state", "another");
              assertThat(answer(forged, Map.of("code", "forged")).statusCode()).isEqualTo(404);
              Map<String, String> elsewhere = new LinkedHashMap<>(asked);
              elsewhere.put("redirect_uri", asked.get("redirect_uri") + "/more");
              assertThat(answer(elsewhere, Map.of("code", "forged")).statusCode()).isEqualTo(404);
              assertThat(answer(asked, Map.of("code", "c1")).statusCode()).isEqualTo(200);
            });

    assertThat(token.userName()).isEqualTo("ada@example.com");
    assertThat(issuer.asked()).extracting(request -> request.get("code")).containsExactly("c1");
  }

  @Test
  void nobodyReachesThePortFromAnotherMachine() throws Exception {
    SignInChannel channel = issuer.channel("openid");
    login(
        channel,
        page -> {
          Map<String, String> asked = FormParameters.decode(page.getRawQuery());
          int port = URI.create(asked.get("redirect_uri")).getPort();
          // Any other address of this machine is as good as one on a network.
          assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
              .isInstanceOf(ConnectException.class);
          giveFor(channel, asked, "");
          answer(asked, Map.of("code", "c1"));
        });
  }

  @Test
  void theAnswersPageTakesNothingAlong() throws Exception {
    SignInChannel channel = issuer.channel("openid");
    login(
        channel,
        page -> {
          Map<String, String> asked = FormParameters.decode(page.getRawQuery());
          giveFor(channel, asked, "");
          HttpResponse<String> answer = answer(asked, Map.of("code", "c1"));
          assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
          assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
          assertThat(answer.body()).doesNotContain("c1");
        });
  }

  @Test
  void aUserWhoRefusesIsNotSignedIn() {
    assertThatThrownBy(
            () ->
                login(
                    issuer.channel("openid"),
                    page ->
                        answer(
                            FormParameters.decode(page.getRawQuery()),
                            Map.of("error", "access_denied"))))
        .isInstanceOf(StackFailure.class)
        .hasMessage("nobody is signed in: the issuer answers access_denied");
    assertThat(issuer.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", ""})
  void theCodeOfAnotherIssuerIsNotExchanged(String other) {
    assertThatThrownBy(
            () ->
                login(
                    issuer.channel("openid"),
                    page ->
                        answer(
                            FormParameters.decode(page.getRawQuery()),
                            Map.of("code", "c1", "iss", other))))
        .hasMessageStartingWith("the answer does not come from the issuer http://127.0.0.1:");
    assertThat(issuer.asked()).isEmpty();
  }

  @Test
  void anIdTokenOfAnotherSignInIsRefused() {
    requireRefusal(claims -> claims.put("nonce", "another"), "was not made for this sign-in");
    requireRefusal(claims -> claims.remove("nonce"), "was not made for this sign-in");
  }

  @Test
  void anIdTokenForAnotherClientIsRefused() {
    requireRefusal(claims -> claims.put("aud", "in-page"), "was made for another client");
    requireRefusal(claims -> claims.putArray("aud").add("in-page"), "was made for another client");
    requireRefusal(claims -> claims.put("azp", "in-page"), "was made for another client");
  }

  @Test
  void anIdTokenOfAnotherIssuerIsRefused() {
    requireRefusal(
        claims -> claims.put("iss", "https://other.example"),
        "is another issuer's: https://other.example");
  }

  @Test
  void anIssuerThatRefusesTheCodeIsNamedWithItsReason() {
    issuer.refuse("invalid_grant\\u001b[31m");
    assertThatThrownBy(
            () ->
                login(
                    issuer.channel("openid"),
                    page ->
                        answer(FormParameters.decode(page.getRawQuery()), Map.of("code", "c1"))))
        .hasMessageEndingWith("does not give a token: 400 invalid_grant??31m");
  }

  @Test
  void anIssuerThatCallsItselfOtherwiseIsRefused() {
    SignInChannel channel = issuer.channel("openid");
    SignInChannel other =
        new SignInChannel("acme", channel.issuer() + "/", "in-cli", channel.scopes());
    assertThatThrownBy(() -> login(other, page -> {}))
        .hasMessage("the issuer calls itself " + channel.issuer());
  }

  @Test
  void anIssuerThatOthersCouldListenToIsRefused() {
    SignInChannel channel =
        new SignInChannel(
            "acme", "http://login.acme.example", "in-cli", issuer.channel("openid").scopes());
    assertThatThrownBy(() -> login(channel, page -> {}))
        .hasMessage("the issuer must be an https address, not http://login.acme.example");
  }

  private void requireRefusal(Consumer<ObjectNode> change, String reason) {
    SignInChannel channel = issuer.channel("openid");
    assertThatThrownBy(
            () ->
                login(
                    channel,
                    page -> {
                      Map<String, String> asked = FormParameters.decode(page.getRawQuery());
                      ObjectNode claims = Tokens.claims(channel, LATER);
                      claims.put("nonce", asked.get("nonce"));
                      change.accept(claims);
                      issuer.give(claims, "");
                      answer(asked, Map.of("code", "c1"));
                    }))
        .isInstanceOf(StackFailure.class)
        .hasMessage("the ID token " + reason);
    stop();
    try {
      start();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void giveFor(SignInChannel channel, Map<String, String> asked, String more) {
    issuer.give(Tokens.claims(channel, LATER).put("nonce", asked.get("nonce")), more);
  }

  private static SavedToken login(SignInChannel channel, Consumer<URI> browser) throws Exception {
    return new Login(channel, browser).run();
  }

  /** The issuer sends the browser back. */
  private HttpResponse<String> answer(Map<String, String> asked, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("state", asked.get("state"));
    all.put("iss", issuer.channel().issuer());
    all.putAll(parameters);
    URI uri = URI.create(asked.get("redirect_uri") + "?" + FormParameters.encode(all));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
