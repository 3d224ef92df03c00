package dev.in.core.fetch;

/** What an IP address is for. Everything but {@link #PUBLIC} is refused. */
public enum AddressClass {
  PUBLIC,
  /** "This network", 0.0.0.0/8, and the IPv6 address {@code ::}. */
  UNSPECIFIED,
  LOOPBACK,
  PRIVATE,
  /** Carrier-grade NAT, 100.64.0.0/10 (RFC 6598). */
  SHARED,
  LINK_LOCAL,
  /** Where clouds hand out credentials: 169.254.169.254 and fd00:ec2::254. */
  CLOUD_METADATA,
  /** Unique local, fc00::/7 (RFC 4193). */
  UNIQUE_LOCAL,
  /** fec0::/10, deprecated by RFC 3879, still routed inside some networks. */
  SITE_LOCAL,
  MULTICAST,
  BROADCAST,
  /** IETF protocol assignments, 192.0.0.0/24 and 2001::/23 less Teredo and benchmarking. */
  PROTOCOL,
  DOCUMENTATION,
  /** 198.18.0.0/15 (RFC 2544) and 2001:2::/48 (RFC 5180). */
  BENCHMARKING,
  RESERVED,
  /** ::ffff:0:0/96. */
  IPV4_MAPPED,
  /** ::/96, deprecated by RFC 4291. */
  IPV4_COMPATIBLE,
  /** 2002::/16, and the relays' 192.88.99.0/24. */
  SIX_TO_FOUR,
  /** 2001::/32. */
  TEREDO,
  /** 64:ff9b::/96 (RFC 6052) and 64:ff9b:1::/48 (RFC 8215). */
  NAT64,
  /** An interface identifier that tunnels to an IPv4 address (RFC 5214). */
  ISATAP,
  /** 100::/64 (RFC 6666) and 100:0:0:1::/64 (RFC 9780). */
  DISCARD
}
