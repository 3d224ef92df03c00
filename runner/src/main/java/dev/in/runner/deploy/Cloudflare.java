package dev.in.runner.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.process.StackFailure;
import java.util.Optional;

/** Cloudflare's API, as far as it is asked before a deployment. */
public interface Cloudflare {
  /**
   * @param path below {@code /client/v4}
   * @return the answer's {@code result}; empty if the token may not ask, or there is none
   */
  Optional<JsonNode> get(String path) throws StackFailure, InterruptedException;
}
