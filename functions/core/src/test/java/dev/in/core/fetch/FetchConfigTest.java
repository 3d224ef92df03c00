package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchConfigTest {
  @Test
  void theDefaultsAreStrict() {
    assertThat(config(Map.of()).options()).isEqualTo(FetchOptions.strict());
  }

  @Test
  void everyKeyIsReadFromTheEnvironment(@TempDir Path folder) throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), FetchFixture.CERTIFICATE.pem());

    FetchOptions options =
        config(
                Map.of(
                    "IN_FETCH_SCHEMES", "https,http",
                    "IN_FETCH_PORTS", "443,8443",
                    "IN_FETCH_ALLOW", "127.0.0.1:34567,localhost:9000",
                    "IN_FETCH_CA", ca.toString()))
            .options();

    assertThat(options.schemes()).containsExactly("http", "https");
    assertThat(options.ports()).containsExactlyInAnyOrder(443, 8443);
    assertThat(options.allowed())
        .containsExactlyInAnyOrder(
            new Endpoint("127.0.0.1", 34567), new Endpoint("localhost", 9000));
    assertThat(options.trusted()).containsExactly(FetchFixture.CERTIFICATE.certificate());
  }

  @Test
  void anUnknownSchemeFailsLoudly() {
    FetchConfig config = config(Map.of("IN_FETCH_SCHEMES", "https,ftp"));

    assertThatIllegalArgumentException()
        .isThrownBy(config::options)
        .withMessage("schemes can be http and https only: [ftp, https]");
  }

  @Test
  void aPortThatIsNoNumberFailsLoudly() {
    assertThatThrownBy(() -> config(Map.of("IN_FETCH_PORTS", "https")))
        .hasMessageContaining("https");
  }

  @Test
  void anExemptionThatIsNoHostAndPortFailsLoudly() {
    FetchConfig config = config(Map.of("IN_FETCH_ALLOW", "127.0.0.1"));

    assertThatIllegalArgumentException()
        .isThrownBy(config::options)
        .withMessage("not a host:port: 127.0.0.1");
  }

  @Test
  void theOptionsOfAnInstallationCannotBeChanged() {
    assertThatThrownBy(() -> FetchOptions.strict().schemes().add("http"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static FetchConfig config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withSources(new EnvConfigSource(environment, 300))
        .withMapping(FetchConfig.class)
        .build()
        .getConfigMapping(FetchConfig.class);
  }
}
