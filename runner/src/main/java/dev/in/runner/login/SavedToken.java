package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a sign-in.
 *
 * @param channel where the user has signed in
 * @param refreshToken if the issuer has given one
 */
public record SavedToken(SignInChannel channel, IdToken idToken, Optional<String> refreshToken) {

  public SavedToken {
    requireNonNull(channel, "channel is null");
    requireNonNull(idToken, "idToken is null");
    requireNonNull(refreshToken, "refreshToken is null");
  }

  /** What to call the user. */
  public String userName() {
    return idToken.userName();
  }

  public Instant expiresAt() {
    return idToken.expiresAt();
  }

  static SavedToken read(JsonNode json) throws StackFailure {
    SignInChannel channel =
        new SignInChannel(
            json.path("channel").asText(),
            json.path("issuer").asText(),
            json.path("clientId").asText(),
            List.of());
    return new SavedToken(
        channel,
        IdToken.read(json.path("idToken").asText()),
        Optional.ofNullable(json.path("refreshToken").textValue()));
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("channel", channel.name())
            .put("issuer", channel.issuer())
            .put("clientId", channel.clientId())
            .put("idToken", idToken.text());
    refreshToken.ifPresent(token -> json.put("refreshToken", token));
    return json;
  }

  /** Tokens stay out of logs. */
  @Override
  public String toString() {
    return "SavedToken of %s at %s".formatted(userName(), channel.name());
  }
}
