package dev.in.emulator.storage.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.in.emulator.storage.http.Bodies;
import dev.in.emulator.storage.http.Operation;
import dev.in.emulator.storage.http.Parameters;
import dev.in.emulator.storage.object.ExpectedHashes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One call with all that came with it.
 *
 * @param blocking where work may block
 */
record StorageRequest(
    StorageCall call, Parameters parameters, HttpRequest http, Executor blocking) {

  Operation operation() {
    return call.operation();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(http.headers().get(name));
  }

  /** The checksums in {@code x-goog-hash}. */
  ExpectedHashes hashes() {
    return ExpectedHashes.ofHeaders(http.headers().getAll("x-goog-hash"));
  }

  JsonNode json() throws IOException {
    try (InputStream body = Bodies.unpacked(http)) {
      return Resources.read(body);
    }
  }

  Resources resources() {
    return new Resources("http://" + http.authority());
  }

  static HttpResponse ok(JsonNode resource) {
    return HttpResponse.of(
        HttpStatus.OK, MediaType.JSON_UTF_8, HttpData.wrap(Resources.bytes(resource)));
  }
}
