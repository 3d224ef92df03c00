package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A channel whose users sign in on the command line.
 *
 * @param issuer exactly as its ID tokens name it
 * @param clientId of a public client, made for programs on users' machines
 * @param scopes what is asked of the issuer
 */
public record SignInChannel(String name, String issuer, String clientId, List<String> scopes) {

  public SignInChannel {
    requireNonNull(name, "name is null");
    requireNonNull(issuer, "issuer is null");
    requireNonNull(clientId, "clientId is null");
    scopes = List.copyOf(scopes);
  }

  /** The channel of that name at an edge, or the only one there is. */
  public static SignInChannel choose(URI edge, Optional<String> name)
      throws StackFailure, InterruptedException {
    try {
      return choose(new EdgeClient(edge, Optional.empty()).session(), name);
    } catch (IOException e) {
      throw new StackFailure("there is no edge at %s (%s)".formatted(edge, e), e);
    } catch (EdgeRefusal e) {
      throw new StackFailure("there is no edge at %s (%s)".formatted(edge, e.getMessage()), e);
    }
  }

  /** Whether users sign in on the command line at that edge, as far as it can be seen. */
  static boolean offeredAt(URI edge) throws InterruptedException {
    try {
      return !read(new EdgeClient(edge, Optional.empty()).session()).isEmpty();
    } catch (IOException | EdgeRefusal e) {
      return false;
    }
  }

  /**
   * The channel of that name, or the only one there is.
   *
   * @param session what the edge says at {@code GET /v1/session}
   */
  static SignInChannel choose(JsonNode session, Optional<String> name) throws StackFailure {
    List<SignInChannel> all = read(session);
    if (all.isEmpty()) {
      throw new StackFailure("this edge has no channel whose users sign in on the command line");
    }
    String names = all.stream().map(SignInChannel::name).collect(Collectors.joining(", "));
    if (name.isEmpty() && all.size() > 1) {
      throw new StackFailure("choose one of the channels by --channel: " + names);
    }
    return all.stream()
        .filter(channel -> name.isEmpty() || name.get().equals(channel.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new StackFailure(
                    "no users of a channel '%s' sign in on the command line, but those of %s"
                        .formatted(name.get(), names)));
  }

  private static List<SignInChannel> read(JsonNode session) {
    List<SignInChannel> channels = new ArrayList<>();
    for (JsonNode channel : session.path("channels")) {
      JsonNode cli = channel.path("cli");
      if (cli.isObject()) {
        List<String> scopes = new ArrayList<>();
        cli.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        channels.add(
            new SignInChannel(
                channel.path("name").asText(),
                cli.path("issuer").asText(),
                cli.path("clientId").asText(),
                scopes));
      }
    }
    return channels;
  }
}
