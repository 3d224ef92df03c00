package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;

/**
 * Distinguishes public addresses from all others, by IANA's special-purpose registries (RFC 6890
 * and its updates). IPv6 is judged the other way round: only global unicast, 2000::/3, can be
 * public.
 *
 * <p>Forms that carry an IPv4 address inside (mapped, compatible, 6to4, Teredo, NAT64, ISATAP) are
 * refused whatever that address is: a host that is public is reached without them.
 */
public final class AddressRules {
  private record Rule(Cidr range, AddressClass verdict) {}

  /** The first rule that matches decides, so the narrower range stands first. */
  private static final List<Rule> IPV4 =
      List.of(
          rule("169.254.169.254/32", AddressClass.CLOUD_METADATA),
          rule("255.255.255.255/32", AddressClass.BROADCAST),
          rule("0.0.0.0/8", AddressClass.UNSPECIFIED),
          rule("10.0.0.0/8", AddressClass.PRIVATE),
          rule("100.64.0.0/10", AddressClass.SHARED),
          rule("127.0.0.0/8", AddressClass.LOOPBACK),
          rule("169.254.0.0/16", AddressClass.LINK_LOCAL),
          rule("172.16.0.0/12", AddressClass.PRIVATE),
          rule("192.0.0.0/24", AddressClass.PROTOCOL),
          rule("192.0.2.0/24", AddressClass.DOCUMENTATION),
          rule("192.88.99.0/24", AddressClass.SIX_TO_FOUR),
          rule("192.168.0.0/16", AddressClass.PRIVATE),
          rule("198.18.0.0/15", AddressClass.BENCHMARKING),
          rule("198.51.100.0/24", AddressClass.DOCUMENTATION),
          rule("203.0.113.0/24", AddressClass.DOCUMENTATION),
          rule("224.0.0.0/4", AddressClass.MULTICAST),
          rule("240.0.0.0/4", AddressClass.RESERVED));

  private static final List<Rule> IPV6 =
      List.of(
          rule("::/128", AddressClass.UNSPECIFIED),
          rule("::1/128", AddressClass.LOOPBACK),
          rule("::/96", AddressClass.IPV4_COMPATIBLE),
          rule("64:ff9b::/96", AddressClass.NAT64),
          rule("64:ff9b:1::/48", AddressClass.NAT64),
          rule("100::/64", AddressClass.DISCARD),
          rule("100:0:0:1::/64", AddressClass.DISCARD),
          rule("2001::/32", AddressClass.TEREDO),
          rule("2001:2::/48", AddressClass.BENCHMARKING),
          rule("2001::/23", AddressClass.PROTOCOL),
          rule("2001:db8::/32", AddressClass.DOCUMENTATION),
          rule("2002::/16", AddressClass.SIX_TO_FOUR),
          rule("3fff::/20", AddressClass.DOCUMENTATION),
          rule("fd00:ec2::254/128", AddressClass.CLOUD_METADATA),
          rule("fc00::/7", AddressClass.UNIQUE_LOCAL),
          rule("fe80::/10", AddressClass.LINK_LOCAL),
          rule("fec0::/10", AddressClass.SITE_LOCAL),
          rule("ff00::/8", AddressClass.MULTICAST));

  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

  private AddressRules() {}

  public static AddressClass classify(InetAddress address) {
    return classify(requireNonNull(address, "address is null").getAddress());
  }

  /**
   * @param address in network order, 4 or 16 bytes. Bytes, because Java turns a mapped address into
   *     the IPv4 address inside it as soon as it becomes an {@link InetAddress}.
   */
  public static AddressClass classify(byte[] address) {
    if (address.length == 4) {
      return first(IPV4, address, AddressClass.PUBLIC);
    }
    if (isMapped(address)) {
      return AddressClass.IPV4_MAPPED;
    }
    boolean global = GLOBAL_UNICAST.contains(address);
    AddressClass verdict =
        first(IPV6, address, global ? AddressClass.PUBLIC : AddressClass.RESERVED);
    return verdict == AddressClass.PUBLIC && isIsatap(address) ? AddressClass.ISATAP : verdict;
  }

  private static AddressClass first(List<Rule> rules, byte[] address, AddressClass otherwise) {
    return rules.stream()
        .filter(rule -> rule.range.contains(address))
        .map(Rule::verdict)
        .findFirst()
        .orElse(otherwise);
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }

  /** The interface identifier 0000:5efe or 0200:5efe before an IPv4 address. */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static Rule rule(String range, AddressClass verdict) {
    return new Rule(Cidr.parse(range), verdict);
  }
}
