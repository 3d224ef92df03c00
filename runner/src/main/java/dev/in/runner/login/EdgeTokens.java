package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that commands send to edges: {@code IN_TOKEN}, or else what {@code login} has kept.
 */
public final class EdgeTokens {
  private final Map<String, String> environment;
  private final TokenFiles files;
  private final InstantSource clock;

  EdgeTokens(Map<String, String> environment, TokenFiles files, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.files = requireNonNull(files, "files is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Those of this process' user. */
  public static EdgeTokens ofUser() {
    return new EdgeTokens(System.getenv(), TokenFiles.ofUser(), InstantSource.system());
  }

  /**
   * The token for that edge; empty where nobody has signed in, as at an edge that wants none.
   *
   * @param use for how long it is needed: it is renewed before, if it can be
   * @throws StackFailure if it has expired and cannot be renewed
   */
  public Optional<String> token(URI edge, Duration use) throws StackFailure, InterruptedException {
    if (given().isPresent()) {
      return given();
    }
    Optional<SavedToken> saved = files.read(edge);
    if (saved.isPresent() && !lasts(saved.get(), use) && saved.get().refreshToken().isPresent()) {
      saved = Optional.of(renewed(edge, use));
    }
    if (saved.isPresent() && !lasts(saved.get(), Duration.ZERO)) {
      throw new StackFailure(
          "your sign-in at %s has expired at %s: sign in again by ./in login --to %s"
              .formatted(edge, saved.get().expiresAt().truncatedTo(ChronoUnit.SECONDS), edge));
    }
    return saved.map(token -> token.idToken().text());
  }

  /**
   * The same failure, which says how to sign in where the edge has refused a request for want of a
   * valid token and users of it sign in on the command line.
   */
  public StackFailure explain(StackFailure failure, URI edge) throws InterruptedException {
    boolean unauthenticated =
        failure.getCause() instanceof EdgeRefusal refusal && refusal.unauthenticated();
    if (!unauthenticated || given().isPresent() || !SignInChannel.offeredAt(edge)) {
      return failure;
    }
    return new StackFailure(
        "%s; sign in by ./in login --to %s".formatted(failure.getMessage(), edge), failure);
  }

  private Optional<String> given() {
    return Optional.ofNullable(environment.get("IN_TOKEN")).filter(token -> !token.isBlank());
  }

  /**
   * One process at a time: an issuer may take a refresh token that comes twice for a stolen one.
   */
  private SavedToken renewed(URI edge, Duration use) throws StackFailure, InterruptedException {
    try (FileChannel _ = files.lock()) {
      SavedToken saved =
          files.read(edge).orElseThrow(() -> new StackFailure("you have signed out meanwhile"));
      Optional<String> refreshToken = saved.refreshToken();
      if (lasts(saved, use) || refreshToken.isEmpty()) {
        return saved;
      }
      try {
        SavedToken next = Issuer.discover(saved.channel()).refresh(saved, refreshToken.get());
        files.write(edge, next);
        return next;
      } catch (StackFailure failure) {
        // Perhaps it lasts long enough all the same.
        if (lasts(saved, Duration.ZERO)) {
          return saved;
        }
        throw new StackFailure(
            "your sign-in at %s has expired (%s): sign in again by ./in login --to %s"
                .formatted(edge, failure.getMessage(), edge),
            failure);
      }
    } catch (IOException e) {
      throw new StackFailure("the lock of the tokens cannot be given back: " + e, e);
    }
  }

  private boolean lasts(SavedToken token, Duration use) {
    Instant end = clock.instant().plus(use);
    return token.expiresAt().isAfter(end);
  }
}
