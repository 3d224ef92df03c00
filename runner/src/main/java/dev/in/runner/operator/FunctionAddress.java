package dev.in.runner.operator;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * A function that operators call.
 *
 * @param audience of the tokens that it takes
 */
public record FunctionAddress(URI uri, String audience) {
  public FunctionAddress {
    requireNonNull(uri, "uri is null");
    requireNonNull(audience, "audience is null");
  }
}
