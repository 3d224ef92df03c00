package dev.in.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Paths of an owner's account; an owner may be any text. */
final class AccountPath {
  private AccountPath() {}

  static String of(String owner, String rest) {
    // URLEncoder is for forms, where a space becomes a plus.
    return "/internal/v1/accounts/"
        + URLEncoder.encode(owner, UTF_8).replace("+", "%20")
        + "/"
        + rest;
  }
}
