package dev.in.emulator.identity;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The metadata server from which Google's clients learn their account. The account depends on the
 * port, since {@code GCE_METADATA_HOST} is all that distinguishes one caller from another.
 */
final class MetadataService implements HttpService {
  static final String PATH = "/computeMetadata/v1/";
  private static final String ACCOUNTS = "instance/service-accounts/";
  private static final String FLAVOR = "Metadata-Flavor";
  private static final String GOOGLE = "Google";

  private final Identity identity;
  private final String project;
  private final IntFunction<String> accountOfPort;

  MetadataService(Identity identity, String project, IntFunction<String> accountOfPort) {
    this.identity = identity;
    this.project = project;
    this.accountOfPort = accountOfPort;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    // Off the event loop: the first token waits for its key.
    return HttpResponse.of(() -> answer(context, request), context.blockingTaskExecutor());
  }

  private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET) {
      return text(HttpStatus.METHOD_NOT_ALLOWED, "only GET is answered");
    }
    if (context.path().equals("/")) {
      return text(HttpStatus.OK, "computeMetadata/");
    }
    if (!GOOGLE.equals(request.headers().get(FLAVOR))) {
      return text(HttpStatus.FORBIDDEN, "Missing Metadata-Flavor:Google header.");
    }
    String account = accountOfPort.apply(context.localAddress().getPort());
    String path = context.decodedPath().substring(PATH.length());
    Optional<HttpResponse> answer =
        path.startsWith(ACCOUNTS)
            ? ofAccount(path.substring(ACCOUNTS.length()), account, context.queryParams())
            : ofInstance(path);
    return answer.orElseGet(() -> text(HttpStatus.NOT_FOUND, "not found: " + path));
  }

  private Optional<HttpResponse> ofInstance(String path) {
    return switch (path) {
      case "project/project-id" -> Optional.of(text(HttpStatus.OK, project));
      case "project/numeric-project-id" ->
          Optional.of(text(HttpStatus.OK, IdTokens.subject(project).substring(0, 12)));
      case "universe/universe-domain", "universe/universe_domain" ->
          Optional.of(text(HttpStatus.OK, "googleapis.com"));
      default -> Optional.empty();
    };
  }

  private Optional<HttpResponse> ofAccount(String path, String account, QueryParams query) {
    if (path.isEmpty()) {
      return Optional.of(text(HttpStatus.OK, "default/\n" + account + "/\n"));
    }
    String[] parts = path.split("/", 2);
    if (!parts[0].equals("default") && !parts[0].equals(account)) {
      return Optional.empty();
    }
    return switch (parts.length == 1 ? "" : parts[1]) {
      case "" ->
          Optional.of(
              query.contains("recursive")
                  ? json(new Account(account, List.of("default"), List.of(Token.SCOPE)))
                  : text(HttpStatus.OK, "aliases\nemail\nidentity\nscopes\ntoken\n"));
      case "email" -> Optional.of(text(HttpStatus.OK, account));
      case "aliases" -> Optional.of(text(HttpStatus.OK, "default\n"));
      case "scopes" -> Optional.of(text(HttpStatus.OK, Token.SCOPE + "\n"));
      case "token" -> Optional.of(json(Token.of(identity.accessToken(account))));
      case "identity" -> Optional.of(idToken(account, query));
      default -> Optional.empty();
    };
  }

  private HttpResponse idToken(String account, QueryParams query) {
    String audience = query.get("audience", "");
    return audience.isEmpty()
        ? text(HttpStatus.BAD_REQUEST, "non-empty audience parameter required")
        : text(HttpStatus.OK, identity.idToken(account, audience));
  }

  /** What {@code default/?recursive=true} answers. */
  private record Account(String email, List<String> aliases, List<String> scopes) {}

  /** RFC 6749's answer, in its own spelling. */
  private record Token(String access_token, long expires_in, String token_type) {
    static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    static Token of(String token) {
      return new Token(token, AccessTokens.LIFETIME.toSeconds() - 1, "Bearer");
    }
  }

  private static HttpResponse text(HttpStatus status, String text) {
    return HttpResponse.of(headers(status, MediaType.PLAIN_TEXT_UTF_8), text(text));
  }

  private static HttpData text(String text) {
    return HttpData.ofUtf8(text);
  }

  private static HttpResponse json(Object value) {
    return HttpResponse.ofJson(headers(HttpStatus.OK, MediaType.JSON), value);
  }

  private static ResponseHeaders headers(HttpStatus status, MediaType type) {
    return ResponseHeaders.builder(status).contentType(type).set(FLAVOR, GOOGLE).build();
  }
}
