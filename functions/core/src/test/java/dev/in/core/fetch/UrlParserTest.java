package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.fetch.FetchFailure.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com https://example.com/",
        "HTTPS://EXAMPLE.Com/A https://example.com/A",
        "https://example.com:443/a https://example.com/a",
        "https://example.com:/a https://example.com/a",
        "https://example.com:0443/a https://example.com/a",
        "http://example.com:80/a http://example.com/a",
        "http://example.com:443/a http://example.com:443/a",
        "https://example.com./a https://example.com/a",
        "https://my_host.example/a https://my_host.example/a",
        "https://r3---sn.example/a https://r3---sn.example/a",
        "https://example.com?q=1 https://example.com/?q=1",
        "https://example.com#top https://example.com/",
        "https://example.com/a?b#c https://example.com/a?b",
        "https://example.com/a/../b/./c https://example.com/b/c",
        "https://example.com/../../a https://example.com/a",
        "https://example.com/a/%2e%2E/b https://example.com/b",
        "https://example.com/a/.. https://example.com/",
        "https://example.com/a/. https://example.com/a/",
        "https://example.com//a//b https://example.com//a//b",
        "https://example.com/?next=https://a@b:1/../x"
            + " https://example.com/?next=https://a@b:1/../x",
        "https://example.com/ü?ü https://example.com/%C3%BC?%C3%BC",
        "https://example.com/%C3%BC https://example.com/%C3%BC",
        "https://example.com/{a}|b^[c] https://example.com/%7Ba%7D%7Cb%5E%5Bc%5D",
        "https://bücher.example/ https://xn--bcher-kva.example/",
        "https://xn--fa-hia.example/ https://xn--fa-hia.example/",
      })
  void aPlainUrlHasOneForm(String url, String form) throws FetchFailure {
    assertThat(UrlParser.parse(url)).hasToString(form);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "2130706433 127.0.0.1 LOOPBACK",
        "127.1 127.0.0.1 LOOPBACK",
        "127.0.1 127.0.0.1 LOOPBACK",
        "127.0.0.1. 127.0.0.1 LOOPBACK",
        "0x7f.1 127.0.0.1 LOOPBACK",
        "0X7F.0x1 127.0.0.1 LOOPBACK",
        "0x7f000001 127.0.0.1 LOOPBACK",
        "017700000001 127.0.0.1 LOOPBACK",
        "0177.0.0.01 127.0.0.1 LOOPBACK",
        "0000000000000177.0.0.1 127.0.0.1 LOOPBACK",
        "0 0.0.0.0 UNSPECIFIED",
        "0x 0.0.0.0 UNSPECIFIED",
        "0xa9fea9fe 169.254.169.254 CLOUD_METADATA",
        "0251.0376.0251.0376 169.254.169.254 CLOUD_METADATA",
        "192.168.257 192.168.1.1 PRIVATE",
        "10.0x10000 10.1.0.0 PRIVATE",
        "134744072 8.8.8.8 PUBLIC",
        "010.010.010.010 8.8.8.8 PUBLIC",
        "4294967295 255.255.255.255 BROADCAST",
        "１２７.０.０.１ 127.0.0.1 LOOPBACK",
        "127。0｡0．1 127.0.0.1 LOOPBACK",
        "①②⑦.⓪.⓪.① 127.0.0.1 LOOPBACK",
        "０x7f.1 127.0.0.1 LOOPBACK",
        "[::1] 0:0:0:0:0:0:0:1 LOOPBACK",
        "[0:0:0:0:0:0:0:1] 0:0:0:0:0:0:0:1 LOOPBACK",
        "[::ffff:10.0.0.1] ::ffff:10.0.0.1 IPV4_MAPPED",
        "[::ffff:a00:1] ::ffff:10.0.0.1 IPV4_MAPPED",
        "[::FFFF:8.8.8.8] ::ffff:8.8.8.8 IPV4_MAPPED",
        "[::127.0.0.1] 0:0:0:0:0:0:7f00:1 IPV4_COMPATIBLE",
        "[64:ff9b::10.0.0.1] 64:ff9b:0:0:0:0:a00:1 NAT64",
        "[fd00:ec2::254] fd00:ec2:0:0:0:0:0:254 CLOUD_METADATA",
        "[2606:4700::1111] 2606:4700:0:0:0:0:0:1111 PUBLIC",
      })
  void anAddressIsReadAsBrowsersReadIt(String host, String address, AddressClass verdict)
      throws FetchFailure {
    assertThat(UrlParser.parse("https://" + host + "/").host())
        .isInstanceOfSatisfying(
            Host.Literal.class,
            literal -> {
              assertThat(literal.text()).isEqualTo(address);
              assertThat(literal.verdict()).isEqualTo(verdict);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com/",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "https://",
        "https://?q",
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "jar:https://example.com/!/",
        "data:image/png;base64,AAAA",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com:443@127.0.0.1/",
        "https://127.0.0.1\\@example.com/",
        "https://example.com\\.evil.example/",
        "https:\\\\example.com/",
        " https://example.com/",
        "https://example.com/ ",
        "https://exa mple.com/",
        "https://exam\tple.com/",
        "https://example.com/\r\nHost: other",
        "https://example.com/\u0000",
        "https://exam%70le.com/",
        "https://%31%32%37.0.0.1/",
        "https://127.0.0.1%00.example.com/",
        "https://example..com/",
        "https://.example.com/",
        "https://example.com../",
        "https://./",
        "https://-example.com/",
        "https://exa*mple.com/",
        "https://exa,mple.com/",
        "https://256.256.256.256/",
        "https://1.2.3.4.5/",
        "https://127.0.0.1.5/",
        "https://1.2.3.09/",
        "https://4294967296/",
        "https://example.1/",
        "https://example.0x1f/",
        "https://1..2/",
        "https://[::1/",
        "https://::1/",
        "https://[::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[127.0.0.1]/",
        "https://[::1]a/",
        "https://[1:2:3:4:5:6:7:8:9]/",
        "https://[v1.x]/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:4 43/",
        "https://example.com:-1/",
        "https://example.com:1:2/",
        "https://example.com:４４３/",
        "https://faß.example/",
        "https://a\u200db.example/",
        "https://exa\u2100mple.com/",
        "https://\ud800.example/",
      })
  void whatIsNotPlainIsRefused(String url) {
    FetchFailure failure = catchThrowableOfType(FetchFailure.class, () -> UrlParser.parse(url));

    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(failure.transientFailure()).isFalse();
    if (!url.isEmpty()) {
      assertThat(failure.getMessage()).doesNotContain(url).doesNotContain("secret");
    }
  }

  @Test
  void aUrlOfMoreThanEightKilobytesIsRefused() throws FetchFailure {
    String longest = "https://example.com/" + "a".repeat(8192 - 20);

    assertThat(UrlParser.parse(longest)).hasToString(longest);
    assertThat(catchThrowableOfType(FetchFailure.class, () -> UrlParser.parse(longest + "a")))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://other.example/x https://other.example/x",
        "http://other.example/x http://other.example/x",
        "//other.example/x https://other.example/x",
        "/x?y https://example.com:8443/x?y",
        "x https://example.com:8443/a/x",
        "../x https://example.com:8443/x",
        "./ https://example.com:8443/a/",
        "?z https://example.com:8443/a/b?z",
        "#top https://example.com:8443/a/b?c=/d",
        "/ä https://example.com:8443/%C3%A4",
      })
  void aRedirectIsReadFromWhereItWasFound(String location, String form) throws FetchFailure {
    TargetUrl base = UrlParser.parse("https://example.com:8443/a/b?c=/d");

    assertThat(UrlParser.resolve(base, location)).hasToString(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/\\evil.example/", "\\\\evil.example/", "https:evil.example", "javascript:x"})
  void aRedirectThatIsNotPlainIsRefused(String location) throws FetchFailure {
    TargetUrl base = UrlParser.parse("https://example.com/");

    assertThat(catchThrowableOfType(FetchFailure.class, () -> UrlParser.resolve(base, location)))
        .isNotNull();
  }

  @Test
  void anIpv6RedirectKeepsItsBrackets() throws FetchFailure {
    TargetUrl base = UrlParser.parse("https://[2606:4700::1111]:8443/a");

    assertThat(UrlParser.resolve(base, "/b"))
        .hasToString("https://[2606:4700:0:0:0:0:0:1111]:8443/b");
  }
}
