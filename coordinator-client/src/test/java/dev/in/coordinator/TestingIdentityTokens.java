package dev.in.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands out {@code kept} again and again, and {@code fresh-1}, {@code fresh-2}, … when asked. */
final class TestingIdentityTokens implements IdentityTokens {
  private final List<String> audiences = new ArrayList<>();
  private int fresh;
  private int failures;

  TestingIdentityTokens failingAtFirst(int times) {
    failures = times;
    return this;
  }

  List<String> audiences() {
    return audiences;
  }

  @Override
  public String idToken(String audience) throws IOException {
    return answer(audience, "kept");
  }

  @Override
  public String freshIdToken(String audience) throws IOException {
    return answer(audience, "fresh-" + ++fresh);
  }

  private String answer(String audience, String token) throws IOException {
    audiences.add(audience);
    if (failures-- > 0) {
      throw new IOException("the metadata server is away");
    }
    return token;
  }
}
