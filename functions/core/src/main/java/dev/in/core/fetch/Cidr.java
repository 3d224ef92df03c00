package dev.in.core.fetch;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param network in network order, 4 or 16 bytes
 * @param bits of it that count
 */
record Cidr(byte[] network, int bits) {

  /**
   * @param text as in {@code 10.0.0.0/8}
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    return new Cidr(
        InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
        Integer.parseInt(text.substring(slash + 1)));
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xff : 0xff00 >> (bits - bit) & 0xff;
      if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
