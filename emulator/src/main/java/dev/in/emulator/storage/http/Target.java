package dev.in.emulator.storage.http;

/**
 * The target of a request as the caller wrote it; a framework's own reading tidies away slashes and
 * encodings that are part of an object's name.
 *
 * @param path percent-encoded
 */
public record Target(String path, Parameters parameters) {

  /**
   * @param raw path and query as sent
   */
  public static Target parse(String raw) {
    int query = raw.indexOf('?');
    return query < 0
        ? new Target(raw, Parameters.parse(""))
        : new Target(raw.substring(0, query), Parameters.parse(raw.substring(query + 1)));
  }
}
