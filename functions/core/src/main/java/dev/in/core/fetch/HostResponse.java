package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** One host's answer, head read, body not yet. Closing it drops the connection. */
final class HostResponse implements AutoCloseable {
  private final ClassicHttpResponse response;
  private final Socket socket;

  HostResponse(ClassicHttpResponse response, Socket socket) {
    this.response = requireNonNull(response, "response is null");
    this.socket = requireNonNull(socket, "socket is null");
  }

  int status() {
    return response.getCode();
  }

  /** The first header of that name; UTF-8 is understood, as browsers do. */
  Optional<String> header(String name) {
    Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue).map(HostResponse::decode);
  }

  /** In bytes as they come over the wire. */
  OptionalLong contentLength() {
    HttpEntity entity = response.getEntity();
    long length = entity == null ? 0 : entity.getContentLength();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  InputStream body() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** The client hands octets on as Latin-1. */
  private static String decode(String value) {
    byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      return value;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // Nothing was to be kept.
    }
  }
}
