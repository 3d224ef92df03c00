package dev.in.core.fetch;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads URLs by the WHATWG standard as far as they are plain, and refuses what only a lenient
 * reader makes sense of (control characters, backslashes, missing slashes, user names): the same
 * text must not mean one host here and another elsewhere.
 */
final class UrlParser {
  private static final int MAX_URL_LENGTH = 8192;
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?<authority>[^/?#]*)(?<rest>.*)");
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\]]*\\]|[^:\\[\\]]+)(:(?<port>[0-9]*))?");

  private UrlParser() {}

  /**
   * @throws FetchFailure if the URL is not absolute, not http(s), not plain, or holds a user name
   */
  static TargetUrl parse(String url) throws FetchFailure {
    requirePlain(url);
    Matcher parts = ABSOLUTE.matcher(url);
    if (!parts.matches()) {
      throw notPlain();
    }
    String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw FetchFailure.forbidden("Only web addresses are fetched");
    }
    String authority = parts.group("authority");
    if (authority.indexOf('@') >= 0) {
      throw FetchFailure.forbidden("An address with a user name or password is not fetched");
    }
    Matcher hostAndPort = AUTHORITY.matcher(authority);
    if (!hostAndPort.matches()) {
      throw notPlain();
    }
    Host host = HostParser.parse(hostAndPort.group("host")).orElseThrow(UrlParser::notPlain);
    return new TargetUrl(
        scheme, host, port(scheme, hostAndPort.group("port")), path(parts.group("rest")));
  }

  /** Where a redirect leads, seen from where it was found. */
  static TargetUrl resolve(TargetUrl base, String location) throws FetchFailure {
    requirePlain(location);
    if (SCHEME.matcher(location).matches()) {
      return parse(location);
    }
    if (location.startsWith("//")) {
      return parse(base.scheme() + ":" + location);
    }
    String origin = base.scheme() + "://" + base.authority();
    String path = base.pathAndQuery().replaceFirst("\\?.*", "");
    if (location.isEmpty() || location.startsWith("#")) {
      return base;
    }
    if (location.startsWith("?")) {
      return parse(origin + path + location);
    }
    return location.startsWith("/")
        ? parse(origin + location)
        : parse(origin + path.substring(0, path.lastIndexOf('/') + 1) + location);
  }

  private static int port(String scheme, String digits) throws FetchFailure {
    if (digits == null || digits.isEmpty()) {
      return TargetUrl.defaultPort(scheme);
    }
    OptionalInt port = Ports.parse(digits);
    return port.orElseThrow(UrlParser::notPlain);
  }

  private static String path(String rest) {
    String withoutFragment = rest.replaceFirst("#.*", "");
    int query = withoutFragment.indexOf('?');
    String path = query < 0 ? withoutFragment : withoutFragment.substring(0, query);
    String tail = query < 0 ? "" : withoutFragment.substring(query);
    return UrlPath.encode(UrlPath.withoutDots(path)) + UrlPath.encode(tail);
  }

  private static void requirePlain(String url) throws FetchFailure {
    boolean plain =
        url.length() <= MAX_URL_LENGTH
            && url.codePoints().noneMatch(UrlParser::isForbidden)
            && url.equals(url.strip());
    if (!plain) {
      throw notPlain();
    }
  }

  /** Browsers drop tabs and line ends, and turn a backslash into a slash. */
  private static boolean isForbidden(int codePoint) {
    return codePoint < 0x20
        || codePoint == 0x7f
        || codePoint == '\\'
        || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static FetchFailure notPlain() {
    return FetchFailure.forbidden("The address is not a plain web address");
  }
}
