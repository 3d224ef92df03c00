package dev.in.runner.operator;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Of a deployed iN: gcloud impersonates the operators' account, as the person who is logged in. */
public final class GcloudTokens implements OperatorTokens {
  /** Google's ID tokens are good for an hour. */
  private static final Duration REUSED_FOR = Duration.ofMinutes(45);

  private final List<String> gcloud;
  private final String account;
  private final Map<String, Token> tokens = new HashMap<>();

  private record Token(String value, long madeAt) {
    boolean isOld() {
      return System.nanoTime() - madeAt > REUSED_FOR.toNanos();
    }
  }

  public GcloudTokens(String account) {
    this(List.of("gcloud"), account);
  }

  /**
   * @param gcloud the program, and what comes before its arguments
   */
  GcloudTokens(List<String> gcloud, String account) {
    this.gcloud = List.copyOf(gcloud);
    this.account = requireNonNull(account, "account is null");
  }

  @Override
  public synchronized String token(String audience) throws StackFailure, InterruptedException {
    Token known = tokens.get(audience);
    if (known == null || known.isOld()) {
      // Without its email the token would not say whose it is.
      String value =
          run(
              "auth",
              "print-identity-token",
              "--impersonate-service-account=" + account,
              "--audiences=" + audience,
              "--include-email");
      known = new Token(value, System.nanoTime());
      tokens.put(audience, known);
    }
    return known.value();
  }

  @Override
  public String person() throws StackFailure, InterruptedException {
    return run("config", "get-value", "account");
  }

  private String run(String... arguments) throws StackFailure, InterruptedException {
    List<String> command = Stream.concat(gcloud.stream(), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || output.isEmpty()) {
        throw new StackFailure("gcloud gives no answer to: " + String.join(" ", command));
      }
      return output;
    } catch (IOException e) {
      throw new StackFailure("gcloud cannot be run: " + e.getMessage(), e);
    }
  }
}
