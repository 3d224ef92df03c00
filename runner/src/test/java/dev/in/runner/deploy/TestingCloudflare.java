package dev.in.runner.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An account with a zone, in which nothing is in the way. */
final class TestingCloudflare implements Cloudflare {
  static final String ZONE = "/zones/zone";
  static final String SUBDOMAIN = "/accounts/account/workers/subdomain";
  static final String SCRIPTS = "/accounts/account/workers/scripts";
  static final String BOTS = "/zones/zone/bot_management";
  static final String RECORDS = "/zones/zone/dns_records?name=in.example.com";

  /** Answers in JSON, by path. */
  final Map<String, String> answers =
      new HashMap<>(
          Map.of(
              ZONE, "{}",
              SUBDOMAIN, "{\"subdomain\": \"example\"}",
              SCRIPTS, "[{\"id\": \"another\", \"migration_tag\": \"v7\"}]",
              BOTS, "{\"fight_mode\": false}",
              RECORDS, "[]"));

  /**
   * @param migration the tag of the edge's Worker, empty where it was made without one
   */
  void hasWorker(String migration) {
    answers.put(SCRIPTS, "[{\"id\": \"in-edge\", \"migration_tag\": \"%s\"}]".formatted(migration));
  }

  @Override
  public Optional<JsonNode> get(String path) {
    return Optional.ofNullable(answers.get(path)).map(TestingCloudflare::json);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
