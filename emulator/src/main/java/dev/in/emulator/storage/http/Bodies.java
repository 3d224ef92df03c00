package dev.in.emulator.storage.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;

/** Bodies of requests and responses as streams: only a buffer of it is in memory. */
public final class Bodies {
  private static final int BUFFER = 64 * 1024;

  private Bodies() {}

  /** The body of a request; reading waits for what the caller sends. */
  public static InputStream of(HttpRequest request) {
    return request.toInputStream(part -> part instanceof HttpData data ? data : HttpData.empty());
  }

  /** As {@link #of}, unpacked if the caller has packed it for the way. */
  public static InputStream unpacked(HttpRequest request) throws IOException {
    InputStream body = of(request);
    return "gzip".equalsIgnoreCase(request.headers().get(HttpHeaderNames.CONTENT_ENCODING))
        ? new GZIPInputStream(body)
        : body;
  }

  /** A part of a file, which is closed when it is sent or the caller has gone. */
  public static HttpResponse send(
      ResponseHeaders headers, FileChannel file, ByteRange range, Executor blocking) {
    return HttpResponse.of(
        headers, StreamMessage.fromOutputStream(out -> copy(file, range, out), blocking));
  }

  private static void copy(FileChannel file, ByteRange range, OutputStream out) {
    try (file;
        out) {
      var buffer = ByteBuffer.allocate(BUFFER);
      var target = Channels.newChannel(out);
      long at = range.first();
      long end = range.first() + range.length();
      while (at < end) {
        buffer.clear().limit((int) Math.min(BUFFER, end - at));
        int read = file.read(buffer, at);
        if (read < 0) {
          throw new EOFException("A content is shorter than its size says");
        }
        at += read;
        target.write(buffer.flip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
