package dev.in.emulator.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.GoogleErrors;
import io.grpc.Status;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects.serviceAccounts.signBlob} of the IAM Service Account Credentials API. An account
 * may sign for itself only, which is what signed URLs on Cloud Run need.
 */
final class SignBlobService implements HttpService {
  static final String PATH = "^/v1/projects/-/serviceAccounts/([^/:]+):signBlob$";
  private static final String AUDIENCE = "https://iamcredentials.googleapis.com/";
  private static final Pattern PATTERN = Pattern.compile(PATH);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Identity identity;

  SignBlobService(Identity identity) {
    this.identity = identity;
  }

  static boolean matches(String path) {
    return PATTERN.matcher(path).matches();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(
                whole -> sign(context.decodedPath(), whole), context.blockingTaskExecutor()));
  }

  private HttpResponse sign(String path, AggregatedHttpRequest request) {
    Matcher matcher = PATTERN.matcher(path);
    if (request.method() != HttpMethod.POST || !matcher.matches()) {
      return GoogleErrors.json(Status.UNIMPLEMENTED.withDescription("only POST is covered"));
    }
    String email = matcher.group(1);
    try {
      String caller =
          identity
              .authenticator()
              .account(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""), AUDIENCE);
      if (!caller.equals(email)) {
        return GoogleErrors.json(
            Status.PERMISSION_DENIED.withDescription(
                caller + " lacks iam.serviceAccounts.signBlob on " + email));
      }
      return identity.isRunning(email)
          ? signed(request)
          : GoogleErrors.json(Status.NOT_FOUND.withDescription("no such account: " + email));
    } catch (Authenticator.UnauthenticatedException e) {
      return GoogleErrors.json(Status.UNAUTHENTICATED.withDescription(e.getMessage()));
    }
  }

  private HttpResponse signed(AggregatedHttpRequest request) {
    try {
      String payload = JSON.readTree(request.contentUtf8()).path("payload").asText();
      byte[] signature = identity.blobKey().sign(Base64.getDecoder().decode(payload));
      return HttpResponse.ofJson(
          Map.of(
              "keyId", identity.blobKey().id(),
              "signedBlob", Base64.getEncoder().encodeToString(signature)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return GoogleErrors.json(
          Status.INVALID_ARGUMENT.withDescription("payload must be base64 in JSON"));
    }
  }
}
