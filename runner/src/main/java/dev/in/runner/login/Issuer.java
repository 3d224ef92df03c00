package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A channel's OpenID Connect issuer, as its discovery document describes it. */
final class Issuer {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  // Redirects are not followed: tokens come from the endpoint itself.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final SignInChannel channel;
  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final boolean namesItself;

  private Issuer(
      SignInChannel channel, URI authorizationEndpoint, URI tokenEndpoint, boolean namesItself) {
    this.channel = requireNonNull(channel, "channel is null");
    this.authorizationEndpoint = requireNonNull(authorizationEndpoint, "endpoint is null");
    this.tokenEndpoint = requireNonNull(tokenEndpoint, "tokenEndpoint is null");
    this.namesItself = namesItself;
  }

  /** Reads the discovery document of the channel's issuer. */
  static Issuer discover(SignInChannel channel) throws StackFailure, InterruptedException {
    String base = SafeAddress.require(channel.issuer(), "the issuer").toString();
    String path = base.replaceFirst("/$", "") + "/.well-known/openid-configuration";
    JsonNode metadata = send(HttpRequest.newBuilder(URI.create(path)), "describe itself");
    if (!channel.issuer().equals(metadata.path("issuer").textValue())) {
      throw new StackFailure("the issuer calls itself " + metadata.path("issuer").asText());
    }
    return new Issuer(
        channel,
        SafeAddress.require(
            metadata.path("authorization_endpoint").asText(), "the authorization endpoint"),
        SafeAddress.require(metadata.path("token_endpoint").asText(), "the token endpoint"),
        metadata.path("authorization_response_iss_parameter_supported").asBoolean());
  }

  /** The page on which the user signs in. */
  URI signInPage(PendingSignIn pending, URI redirectUri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", channel.clientId());
    parameters.put("redirect_uri", redirectUri.toString());
    parameters.put("scope", String.join(" ", channel.scopes()));
    parameters.put("state", pending.state());
    parameters.put("nonce", pending.nonce());
    parameters.put("code_challenge", pending.challenge());
    parameters.put("code_challenge_method", "S256");
    if (channel.scopes().contains("offline_access")) {
      // Without it there is no refresh token (OpenID Connect Core, 11).
      parameters.put("prompt", "consent");
    }
    String separator = authorizationEndpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(authorizationEndpoint + separator + FormParameters.encode(parameters));
  }

  /** Exchanges the code of the issuer's answer to that sign-in for tokens. */
  SavedToken exchange(Map<String, String> answer, PendingSignIn pending, URI redirectUri)
      throws StackFailure, InterruptedException {
    requireFromHere(answer);
    if (answer.get("code") == null) {
      throw new StackFailure(
          "nobody is signed in: the issuer answers " + errorCode(answer.get("error")));
    }
    JsonNode tokens =
        send(
            form(
                Map.of(
                    "grant_type", "authorization_code",
                    "code", answer.get("code"),
                    "redirect_uri", redirectUri.toString(),
                    "client_id", channel.clientId(),
                    "code_verifier", pending.verifier())),
            "give a token");
    IdToken idToken = idToken(tokens);
    if (!idToken.hasNonce(pending.nonce())) {
      throw new StackFailure("the ID token was not made for this sign-in");
    }
    return new SavedToken(channel, idToken, refreshToken(tokens));
  }

  /** A later ID token of the same user. */
  SavedToken refresh(SavedToken saved, String refreshToken)
      throws StackFailure, InterruptedException {
    JsonNode tokens =
        send(
            form(
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    refreshToken,
                    "client_id",
                    channel.clientId())),
            "renew the token");
    IdToken idToken = idToken(tokens);
    if (!idToken.subject().equals(saved.idToken().subject())) {
      throw new StackFailure("the issuer has renewed the token as another user's");
    }
    // An issuer that sends no other keeps the one there is (RFC 6749, 6).
    return new SavedToken(channel, idToken, refreshToken(tokens).or(saved::refreshToken));
  }

  private IdToken idToken(JsonNode tokens) throws StackFailure {
    if (!tokens.path("id_token").isTextual()) {
      throw new StackFailure("the issuer gives no ID token");
    }
    IdToken idToken = IdToken.read(tokens.path("id_token").asText());
    idToken.requireMadeFor(channel);
    return idToken;
  }

  private static Optional<String> refreshToken(JsonNode tokens) {
    return Optional.ofNullable(tokens.path("refresh_token").textValue());
  }

  /** Whoever answers in the name of another issuer does not get its code (RFC 9207). */
  private void requireFromHere(Map<String, String> answer) throws StackFailure {
    String issuer = answer.get("iss");
    if (issuer == null ? namesItself : !issuer.equals(channel.issuer())) {
      throw new StackFailure("the answer does not come from the issuer " + channel.issuer());
    }
  }

  private HttpRequest.Builder form(Map<String, String> parameters) {
    return HttpRequest.newBuilder(tokenEndpoint)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(FormParameters.encode(parameters)));
  }

  /**
   * @param purpose what the issuer is asked to do
   */
  private static JsonNode send(HttpRequest.Builder request, String purpose)
      throws StackFailure, InterruptedException {
    HttpRequest built = request.timeout(TIMEOUT).header("Accept", "application/json").build();
    String host = built.uri().getAuthority();
    try {
      HttpResponse<String> answer = HTTP.send(built, BodyHandlers.ofString());
      JsonNode json = JSON.readTree(answer.body());
      if (answer.statusCode() != OK) {
        throw new StackFailure(
            "the issuer at %s does not %s: %d %s"
                .formatted(
                    host, purpose, answer.statusCode(), errorCode(json.path("error").textValue())));
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new StackFailure(
          "the issuer at %s does not %s: its answer is not JSON".formatted(host, purpose), e);
    } catch (IOException e) {
      throw new StackFailure("the issuer at %s does not %s: %s".formatted(host, purpose, e), e);
    }
  }

  /** Of what comes over the network, nothing that a terminal would obey is printed. */
  private static String errorCode(String error) {
    return error == null ? "without a code" : error.replaceAll("[^\\w.-]", "?");
  }
}
