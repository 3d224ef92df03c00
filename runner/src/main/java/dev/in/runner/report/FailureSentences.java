package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What people are told of a failure: the same as on the web page, from the same file. */
final class FailureSentences {
  private static final String FILE = "/failure-sentences.json";

  private final JsonNode sentences;

  FailureSentences() {
    try (InputStream in = FailureSentences.class.getResourceAsStream(FILE)) {
      this.sentences = new ObjectMapper().readTree(requireNonNull(in, FILE + " is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /** Codes are an open set: one that nobody here has heard of gets sentences, too. */
  Sentences of(String code) {
    JsonNode known = sentences.path("codes").path(code);
    JsonNode entry = known.isObject() ? known : sentences.path("otherwise");
    return new Sentences(entry.path("happened").asText(), entry.path("advice").asText());
  }

  record Sentences(String happened, String advice) {}
}
