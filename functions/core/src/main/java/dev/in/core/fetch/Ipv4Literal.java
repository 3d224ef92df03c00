package dev.in.core.fetch;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IPv4 addresses in every spelling that browsers take ({@code 2130706433}, {@code 0x7f.1}, {@code
 * 017700000001}, {@code 127.1}), by the WHATWG URL standard's "IPv4 parser".
 */
final class Ipv4Literal {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private Ipv4Literal() {}

  /** Whether browsers take a host that ends in this label for an IPv4 address, right or wrong. */
  static boolean isNumber(String lastLabel) {
    return NUMBER.matcher(lastLabel).matches();
  }

  /** Empty if it is no address after all: a part too many or too large. */
  static Optional<Inet4Address> parse(List<String> labels) {
    if (labels.size() > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < labels.size(); i++) {
      boolean last = i == labels.size() - 1;
      int bytes = last ? 4 - i : 1;
      Optional<BigInteger> part = number(labels.get(i));
      if (part.isEmpty() || part.get().bitLength() > 8 * bytes) {
        return Optional.empty();
      }
      address = address << 8 * bytes | part.get().longValue();
    }
    return Optional.of(toAddress((int) address));
  }

  private static Optional<BigInteger> number(String label) {
    try {
      if (label.startsWith("0x") || label.startsWith("0X")) {
        String digits = label.substring(2);
        return digits.startsWith("-") || digits.startsWith("+")
            ? Optional.empty()
            : Optional.of(digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16));
      }
      if (!NUMBER.matcher(label).matches()) {
        return Optional.empty();
      }
      boolean octal = label.length() > 1 && label.startsWith("0");
      return Optional.of(new BigInteger(label, octal ? 8 : 10));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Inet4Address toAddress(int bits) {
    byte[] bytes = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
