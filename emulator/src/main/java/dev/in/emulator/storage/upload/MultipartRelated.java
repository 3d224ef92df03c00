package dev.in.emulator.storage.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.in.emulator.storage.object.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a {@code multipart/related} body part by part, without holding a part in memory.
 *
 * <p>Source: RFC 2046, section 5.1. As Cloud Storage does, it also takes bodies whose lines end in
 * a line feed alone, which gcloud sends; the first delimiter's line says which they are.
 */
public final class MultipartRelated {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int BUFFER = 64 * 1024;
  private static final int LINE_END_AND_DASHES = 4;

  private final PushbackInputStream in;
  private final String boundary;
  private byte[] delimiter;
  private boolean atFirst;

  /**
   * @param boundary the boundary that the body's content type names
   */
  public MultipartRelated(InputStream body, String boundary) {
    this.boundary = boundary;
    in = new PushbackInputStream(body, BUFFER + boundary.length() + LINE_END_AND_DASHES);
  }

  /**
   * @param headers by lower-case name
   * @param content ends where the part ends, and must be read to its end before the next part
   */
  public record Part(Map<String, String> headers, InputStream content) {}

  /** Goes to the beginning of the first part, over what may precede it. */
  public void begin() throws IOException {
    String line;
    do {
      line = line();
    } while (!line.stripTrailing().equals("--" + boundary));
    String lineEnd = line.endsWith("\r") ? "\r\n" : "\n";
    delimiter = (lineEnd + "--" + boundary).getBytes(ISO_8859_1);
    atFirst = true;
  }

  /** The part that follows; the body must have one. */
  public Part next() throws IOException {
    if (!atFirst && !line().isBlank()) {
      throw malformed();
    }
    atFirst = false;
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isBlank(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw malformed();
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return new Part(headers, new PartContent());
  }

  /** Without its line feed. */
  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > MAX_HEADER_BYTES) {
        throw malformed();
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1);
  }

  private static StorageFailure malformed() {
    return StorageFailure.invalid("Malformed multipart body.");
  }

  /** The bytes up to the next delimiter, which is swallowed. */
  private final class PartContent extends InputStream {
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (ended || length == 0) {
        return ended ? -1 : 0;
      }
      byte[] window = in.readNBytes(Math.min(length, BUFFER) + delimiter.length);
      int found = indexOfDelimiter(window);
      if (found < 0 && window.length <= delimiter.length) {
        throw malformed();
      }
      int content = found >= 0 ? found : window.length - delimiter.length;
      System.arraycopy(window, 0, target, offset, content);
      int used = found >= 0 ? found + delimiter.length : content;
      in.unread(window, used, window.length - used);
      ended = found >= 0;
      return ended && content == 0 ? -1 : content;
    }

    private int indexOfDelimiter(byte[] window) {
      for (int i = 0; i + delimiter.length <= window.length; i++) {
        if (window[i] == delimiter[0] && matchesAt(window, i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean matchesAt(byte[] window, int at) {
      for (int i = 0; i < delimiter.length; i++) {
        if (window[at + i] != delimiter[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
