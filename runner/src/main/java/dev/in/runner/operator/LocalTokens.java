package dev.in.runner.operator;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.MetadataServer;
import java.io.IOException;
import java.net.http.HttpClient;

/** Of a stack on this machine, where everybody who may read its file is an operator. */
public final class LocalTokens implements OperatorTokens {
  private final MetadataServer metadata;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public LocalTokens(MetadataServer metadata) {
    this.metadata = requireNonNull(metadata, "metadata is null");
  }

  @Override
  public String token(String audience) throws StackFailure, InterruptedException {
    try {
      return metadata.identityToken(http, audience);
    } catch (IOException e) {
      throw new StackFailure("the local cloud gives operators no token: " + e, e);
    }
  }

  @Override
  public String person() {
    return System.getProperty("user.name");
  }
}
