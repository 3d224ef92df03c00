package dev.in.core.fetch;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the host of a URL as browsers do, or refuses it: whatever this class lets through means the
 * same to every reader.
 */
final class HostParser {
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final int MAX_NAME_LENGTH = 253;

  /**
   * Eszett, final sigma and the joiners: IDNA 2003, which Java has, and browsers' UTS 46 make
   * different names of them. Written in ASCII they are welcome.
   */
  private static final Pattern DEVIATION = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  private HostParser() {}

  /** Empty if it is not a host that every reader understands alike. */
  static Optional<Host> parse(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]") ? ipv6(text.substring(1, text.length() - 1)) : Optional.empty();
    }
    return toAscii(text).flatMap(HostParser::nameOrIpv4);
  }

  private static Optional<Host> nameOrIpv4(String ascii) {
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    List<String> labels = List.of(name.split("\\.", -1));
    if (Ipv4Literal.isNumber(labels.getLast())) {
      return Ipv4Literal.parse(labels).map(HostParser::literal);
    }
    boolean plain =
        name.length() <= MAX_NAME_LENGTH && labels.stream().allMatch(LABEL.asMatchPredicate());
    return plain ? Optional.of(new Host.Name(name)) : Optional.empty();
  }

  private static Optional<String> toAscii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(text.toLowerCase(Locale.ROOT));
    }
    if (DEVIATION.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IDN.toASCII(text).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  private static Optional<Host> ipv6(String text) {
    if (!IPV6.matcher(text).matches() || text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      if (address instanceof Inet4Address) {
        return Optional.of(
            new Host.Literal(
                "::ffff:" + address.getHostAddress(), address, AddressClass.IPV4_MAPPED));
      }
      return Optional.of(literal(address));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Host literal(InetAddress address) {
    return new Host.Literal(address.getHostAddress(), address, AddressRules.classify(address));
  }
}
