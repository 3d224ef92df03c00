package dev.in.runner.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.TestingServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An OpenID Connect issuer that gives the tokens that a test wants. */
final class TestingIssuer implements AutoCloseable {
  static final String DISCOVERY = "GET /.well-known/openid-configuration";
  static final String TOKEN = "POST /token";

  private final TestingServer server;

  private TestingIssuer(TestingServer server) {
    this.server = server;
  }

  static TestingIssuer start() throws IOException {
    TestingServer server = new TestingServer();
    server.answer(
        DISCOVERY,
        200,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize?tenant=1",
         "token_endpoint": "%1$s/token", "authorization_response_iss_parameter_supported": true}
        """
            .formatted(server.uri()));
    return new TestingIssuer(server);
  }

  SignInChannel channel(String... scopes) {
    return new SignInChannel("acme", server.uri().toString(), "in-cli", List.of(scopes));
  }

  /** Gives that ID token next. */
  void give(ObjectNode claims, String more) {
    server.answer(TOKEN, 200, "{\"id_token\":\"%s\"%s}".formatted(Tokens.text(claims), more));
  }

  void refuse(String error) {
    server.answer(TOKEN, 400, "{\"error\":\"%s\"}".formatted(error));
  }

  /** What the token endpoint was asked, the latest last. */
  List<Map<String, String>> asked() {
    return server.requests(TOKEN).stream()
        .map(request -> FormParameters.decode(request.body()))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
