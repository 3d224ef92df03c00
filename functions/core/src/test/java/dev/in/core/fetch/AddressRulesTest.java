package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRulesTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, UNSPECIFIED",
    "0.255.255.255, UNSPECIFIED",
    "1.0.0.0, PUBLIC",
    "8.8.8.8, PUBLIC",
    "9.255.255.255, PUBLIC",
    "10.0.0.0, PRIVATE",
    "10.255.255.255, PRIVATE",
    "11.0.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.64.0.0, SHARED",
    "100.127.255.255, SHARED",
    "100.128.0.0, PUBLIC",
    "126.255.255.255, PUBLIC",
    "127.0.0.1, LOOPBACK",
    "127.255.255.255, LOOPBACK",
    "128.0.0.0, PUBLIC",
    "169.253.255.255, PUBLIC",
    "169.254.0.0, LINK_LOCAL",
    "169.254.169.253, LINK_LOCAL",
    "169.254.169.254, CLOUD_METADATA",
    "169.254.255.255, LINK_LOCAL",
    "169.255.0.0, PUBLIC",
    "172.15.255.255, PUBLIC",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.0, PUBLIC",
    "191.255.255.255, PUBLIC",
    "192.0.0.8, PROTOCOL",
    "192.0.1.0, PUBLIC",
    "192.0.2.1, DOCUMENTATION",
    "192.0.3.0, PUBLIC",
    "192.88.99.1, SIX_TO_FOUR",
    "192.167.255.255, PUBLIC",
    "192.168.0.1, PRIVATE",
    "192.169.0.0, PUBLIC",
    "198.17.255.255, PUBLIC",
    "198.18.0.0, BENCHMARKING",
    "198.19.255.255, BENCHMARKING",
    "198.20.0.0, PUBLIC",
    "198.51.100.7, DOCUMENTATION",
    "203.0.113.255, DOCUMENTATION",
    "203.0.114.0, PUBLIC",
    "223.255.255.255, PUBLIC",
    "224.0.0.1, MULTICAST",
    "239.255.255.255, MULTICAST",
    "240.0.0.0, RESERVED",
    "255.255.255.254, RESERVED",
    "255.255.255.255, BROADCAST",
  })
  void everyIpv4AddressHasItsVerdict(String address, AddressClass verdict) {
    assertThat(AddressRules.classify(InetAddress.ofLiteral(address))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "::, UNSPECIFIED",
    "::1, LOOPBACK",
    "::2, IPV4_COMPATIBLE",
    "::127.0.0.1, IPV4_COMPATIBLE",
    "::8.8.8.8, IPV4_COMPATIBLE",
    "0:0:0:0:1::, RESERVED",
    "64:ff9b::a00:1, NAT64",
    "64:ff9b::808:808, NAT64",
    "64:ff9b:1::a00:1, NAT64",
    "64:ff9b:2::1, RESERVED",
    "100::1, DISCARD",
    "100:0:0:1::1, DISCARD",
    "1fff:ffff::1, RESERVED",
    "2001::1, TEREDO",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, TEREDO",
    "2001:2::1, BENCHMARKING",
    "2001:10::1, PROTOCOL",
    "2001:20::1, PROTOCOL",
    "2001:1ff::1, PROTOCOL",
    "2001:200::1, PUBLIC",
    "2001:4860:4860::8888, PUBLIC",
    "2001:db8::1, DOCUMENTATION",
    "2001:db9::1, PUBLIC",
    "2002:a00:1::1, SIX_TO_FOUR",
    "2002:808:808::1, SIX_TO_FOUR",
    "2606:4700::1111, PUBLIC",
    "2606:4700::5efe:10.0.0.1, ISATAP",
    "2606:4700::200:5efe:10.0.0.1, ISATAP",
    "3ffe::1, PUBLIC",
    "3fff::1, DOCUMENTATION",
    "3fff:1000::1, PUBLIC",
    "4000::1, RESERVED",
    "fbff::1, RESERVED",
    "fc00::1, UNIQUE_LOCAL",
    "fd00:ec2::253, UNIQUE_LOCAL",
    "fd00:ec2::254, CLOUD_METADATA",
    "fdff::1, UNIQUE_LOCAL",
    "fe00::1, RESERVED",
    "fe80::1, LINK_LOCAL",
    "febf::1, LINK_LOCAL",
    "fec0::1, SITE_LOCAL",
    "feff::1, SITE_LOCAL",
    "ff02::1, MULTICAST",
  })
  void everyIpv6AddressHasItsVerdict(String address, AddressClass verdict) {
    assertThat(AddressRules.classify(InetAddress.ofLiteral(address))).isEqualTo(verdict);
  }

  @Test
  void aMappedAddressIsRefusedWhateverIsInside() {
    assertThat(AddressRules.classify(bytes("00000000000000000000ffff0a000001")))
        .isEqualTo(AddressClass.IPV4_MAPPED);
    assertThat(AddressRules.classify(bytes("00000000000000000000ffff08080808")))
        .isEqualTo(AddressClass.IPV4_MAPPED);
  }

  @Test
  void whatJavaMakesOfAMappedAddressIsJudgedAsTheAddressInside() throws Exception {
    InetAddress unmapped = InetAddress.getByAddress(bytes("00000000000000000000ffff0a000001"));

    assertThat(AddressRules.classify(unmapped)).isEqualTo(AddressClass.PRIVATE);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
