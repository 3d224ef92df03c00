package dev.in.runner.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.TestingServer;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.process.StackFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeTokensTest {
  private static final URI EDGE = URI.create("https://edge.example");
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration USE = Duration.ofMinutes(10);

  @TempDir private Path home;
  private TestingIssuer issuer;
  private TokenFiles files;

  @BeforeEach
  void start() throws Exception {
    issuer = TestingIssuer.start();
    files = TokenFiles.of(Map.of(), home);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void whereNobodyHasSignedInThereIsNoToken() throws Exception {
    assertThat(tokens(Map.of()).token(EDGE, USE)).isEmpty();
    assertThat(tokens(Map.of("IN_TOKEN", " ")).token(EDGE, USE)).isEmpty();
  }

  @Test
  void theEnvironmentsTokenComesFirst() throws Exception {
    save(NOW.plusSeconds(3_600), Optional.empty());
    assertThat(tokens(Map.of("IN_TOKEN", "given")).token(EDGE, USE)).contains("given");
  }

  @Test
  void aTokenGoesToItsEdgeAlone() throws Exception {
    String token = save(NOW.plusSeconds(3_600), Optional.empty());
    EdgeTokens tokens = tokens(Map.of());
    assertThat(tokens.token(URI.create("https://edge.example/"), USE)).contains(token);
    assertThat(tokens.token(URI.create("https://edge.example:8443"), USE)).isEmpty();
    assertThat(tokens.token(URI.create("http://edge.example"), USE)).isEmpty();
    assertThat(tokens.token(URI.create("https://edge.example.org"), USE)).isEmpty();
  }

  @Test
  void anExpiredTokenIsNotSent() throws Exception {
    save(NOW, Optional.empty());
    assertThatThrownBy(() -> tokens(Map.of()).token(EDGE, USE))
        .hasMessage(
            "your sign-in at https://edge.example has expired at 2026-11-26T12:00:00Z: sign in"
                + " again by ./in login --to https://edge.example");
  }

  @Test
  void aTokenThatCannotBeRenewedIsSentWhileItLasts() throws Exception {
    String token = save(NOW.plusSeconds(1), Optional.empty());
    assertThat(tokens(Map.of()).token(EDGE, USE)).contains(token);
  }

  @Test
  void aTokenThatWillExpireWhileItIsNeededIsRenewedAndKept() throws Exception {
    save(NOW.plus(USE), Optional.of("r1"));
    ObjectNode next = Tokens.claims(issuer.channel(), NOW.plusSeconds(7_200));
    issuer.give(next, ",\"refresh_token\":\"r2\"");

    assertThat(tokens(Map.of()).token(EDGE, USE)).contains(Tokens.text(next));
    assertThat(tokens(Map.of()).token(EDGE, USE)).contains(Tokens.text(next));

    assertThat(issuer.asked())
        .containsExactly(
            Map.of("grant_type", "refresh_token", "refresh_token", "r1", "client_id", "in-cli"));
    assertThat(files.read(EDGE).orElseThrow().refreshToken()).contains("r2");
  }

  @Test
  void aRefreshTokenThatIsNotReplacedIsKept() throws Exception {
    save(NOW, Optional.of("r1"));
    issuer.give(Tokens.claims(issuer.channel(), NOW.plusSeconds(7_200)), "");
    tokens(Map.of()).token(EDGE, USE);
    assertThat(files.read(EDGE).orElseThrow().refreshToken()).contains("r1");
  }

  @Test
  void aTokenThatTheIssuerDoesNotRenewIsSentWhileItLasts() throws Exception {
    String token = save(NOW.plusSeconds(60), Optional.of("r1"));
    issuer.refuse("temporarily_unavailable");
    assertThat(tokens(Map.of()).token(EDGE, USE)).contains(token);
  }

  @Test
  void anExpiredTokenThatTheIssuerDoesNotRenewIsNotSent() throws Exception {
    save(NOW, Optional.of("r1"));
    issuer.refuse("invalid_grant");
    assertThatThrownBy(() -> tokens(Map.of()).token(EDGE, USE))
        .hasMessageStartingWith("your sign-in at https://edge.example has expired (the issuer at ")
        .hasMessageEndingWith(
            "does not renew the token: 400 invalid_grant): sign in again by"
                + " ./in login --to https://edge.example");
  }

  @Test
  void aTokenIsNotRenewedAsThatOfAnotherUser() throws Exception {
    save(NOW, Optional.of("r1"));
    issuer.give(Tokens.claims(issuer.channel(), NOW.plusSeconds(7_200)).put("sub", "bob"), "");
    assertThatThrownBy(() -> tokens(Map.of()).token(EDGE, USE))
        .hasMessageContaining("the issuer has renewed the token as another user's");
  }

  @Test
  void whoIsNotSignedInLearnsHowToWhereTheEdgeOffersIt() throws Exception {
    StackFailure failure =
        new StackFailure("the edge refused: no token", new EdgeRefusal(401, "no token"));
    try (TestingServer edge = new TestingServer()) {
      edge.answer("GET /v1/session", 200, "{\"channels\":[{\"name\":\"a\",\"title\":\"A\"}]}")
          .answer(
              "GET /v1/session",
              200,
              "{\"channels\":[{\"name\":\"a\",\"title\":\"A\",\"cli\":{}}]}");
      EdgeTokens tokens = tokens(Map.of());
      assertThat(tokens.explain(failure, edge.uri())).isSameAs(failure);
      assertThat(tokens.explain(failure, edge.uri()))
          .hasMessage(
              "the edge refused: no token; sign in by ./in login --to %s".formatted(edge.uri()));
      assertThat(tokens(Map.of("IN_TOKEN", "t")).explain(failure, edge.uri())).isSameAs(failure);
      StackFailure forbidden = new StackFailure("no", new EdgeRefusal(403, "no"));
      assertThat(tokens.explain(forbidden, edge.uri())).isSameAs(forbidden);
    }
  }

  @Test
  void tokensAreReadableForTheirUserAlone() throws Exception {
    save(NOW, Optional.of("r1"));
    Path folder = home.resolve(".config/in");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.toList();
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("https%3A%2F%2Fedge.example.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aTokenThatCannotBeKeptLeavesNothingBehind() throws Exception {
    Path folder = home.resolve(".config/in");
    Path file = Files.createDirectories(folder.resolve("https%3A%2F%2Fedge.example.json"));
    assertThatThrownBy(() -> save(NOW, Optional.empty()))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("cannot be written");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void theFolderIsWhereTheUserWantsConfiguration() throws Exception {
    Path configuration = home.resolve("elsewhere");
    TokenFiles.of(Map.of("XDG_CONFIG_HOME", configuration.toString()), home)
        .write(EDGE, saved(NOW, Optional.empty()));
    assertThat(configuration.resolve("in/https%3A%2F%2Fedge.example.json")).exists();
    TokenFiles.of(Map.of("XDG_CONFIG_HOME", "relative"), home)
        .write(EDGE, saved(NOW, Optional.empty()));
    assertThat(home.resolve(".config/in/https%3A%2F%2Fedge.example.json")).exists();
  }

  @Test
  void signingOutForgetsTheToken() throws Exception {
    save(NOW.plusSeconds(3_600), Optional.of("r1"));
    assertThat(files.delete(EDGE)).isTrue();
    assertThat(files.delete(EDGE)).isFalse();
    assertThat(tokens(Map.of()).token(EDGE, USE)).isEmpty();
  }

  @Test
  void tokensAreNotPrinted() throws Exception {
    SavedToken token = saved(NOW, Optional.of("r1"));
    assertThat(token.toString()).isEqualTo("SavedToken of ada@example.com at acme");
    assertThat(token.idToken().toString()).isEqualTo("IdToken of ada");
  }

  @Test
  void theUsersNameCannotCommandATerminal() throws Exception {
    ObjectNode claims = Tokens.claims(issuer.channel(), NOW).put("email", "a\u001b[2J\u009b@b.c");
    assertThat(IdToken.read(Tokens.text(claims)).userName()).isEqualTo("a?[2J?@b.c");
  }

  private EdgeTokens tokens(Map<String, String> environment) {
    return new EdgeTokens(environment, files, InstantSource.fixed(NOW));
  }

  /** Returns the ID token that is kept. */
  private String save(Instant expiresAt, Optional<String> refreshToken) throws Exception {
    SavedToken token = saved(expiresAt, refreshToken);
    files.write(EDGE, token);
    return token.idToken().text();
  }

  private SavedToken saved(Instant expiresAt, Optional<String> refreshToken) throws Exception {
    SignInChannel channel = issuer.channel();
    String text = Tokens.text(Tokens.claims(channel, expiresAt));
    return new SavedToken(channel, IdToken.read(text), refreshToken);
  }
}
