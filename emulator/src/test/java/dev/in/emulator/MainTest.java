package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.emulator.identity.TestAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cloud as the runner starts it: a process of its own. */
class MainTest {
  private static final String SYNC = "sync@in-local.iam.gserviceaccount.com";

  private Process process;
  private BufferedReader output;

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhereItServesAndEndsSoonAfterSigterm() throws Exception {
    launch("--identity", SYNC);
    String identity = output.readLine();
    assertThat(identity).startsWith("identity " + SYNC + " localhost:");
    String ready = output.readLine();
    assertThat(ready).matches("ready http://localhost:\\d+");
    String metadata = identity.substring(identity.lastIndexOf(' ') + 1);
    assertThat(
            Http.get(
                    URI.create(
                        "http://"
                            + metadata
                            + "/computeMetadata/v1/instance/service-accounts/default/email"),
                    "Metadata-Flavor",
                    "Google")
                .text())
        .isEqualTo(SYNC);
    String overIp = ready.substring("ready ".length()).replace("localhost", "127.0.0.1");
    assertThat(Http.get(URI.create(overIp + "/_in/counters")).status()).isEqualTo(200);

    long start = System.nanoTime();
    // Not Process.destroy, which closes the stream that is read below.
    process.toHandle().destroy();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(output.readLine()).as("nothing else on stdout").isNull();
  }

  @Test
  void endsWithItsParentsEndOfThePipe() throws Exception {
    launch("--until-stdin-closes");
    assertThat(output.readLine()).startsWith("ready ");
    process.getOutputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void wrongOptionsEndWithTwoAndAPortThatIsTakenWithThree() throws Exception {
    launch("--bogus", "1");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      launch("--port", String.valueOf(taken.getLocalPort()));
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
    }
  }

  @Test
  void readsItsOptions(@TempDir Path folder) throws IOException {
    TestAccount account = TestAccount.create("edge");
    Path pem = folder.resolve("edge.pem");
    Files.writeString(
        pem,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(account.publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    MainOptions options =
        MainOptions.parse(
            "--port",
            "8085",
            "--data",
            folder.toString(),
            "--project",
            "p-1",
            "--bucket",
            "b-1",
            "--time-scale",
            "60",
            "--key",
            account.email() + "=" + pem,
            "--publisher",
            account.email() + "=download-topic",
            "--publisher",
            account.email() + "=other-topic",
            "--identity",
            SYNC,
            "--until-stdin-closes");
    assertThat(options.untilStdinCloses()).isTrue();
    assertThat(options.cloud().port()).isEqualTo(8085);
    assertThat(options.cloud().dataDirectory()).contains(folder);
    assertThat(options.cloud().project()).isEqualTo("p-1");
    assertThat(options.cloud().bucket()).isEqualTo("b-1");
    assertThat(options.cloud().timeScale()).isEqualTo(60);
    assertThat(options.cloud().accounts()).isEqualTo(Map.of(account.email(), account.publicKey()));
    assertThat(options.cloud().publishers())
        .isEqualTo(Map.of(account.email(), Set.of("download-topic", "other-topic")));
    assertThat(options.cloud().identities()).containsExactly(SYNC);
  }

  @Test
  void refusesOptionsThatMakeNoSense(@TempDir Path folder) throws IOException {
    Path noKey = Files.writeString(folder.resolve("no.pem"), "hello");
    assertRefused("--port");
    assertRefused("--port", "x");
    assertRefused("--time-scale", "0");
    assertRefused("--key", "no-pair");
    assertRefused("--key", "a@b=" + noKey);
    assertRefused("--key", "a@b=" + folder.resolve("missing.pem"));
    assertRefused("--what", "1");
  }

  private static void assertRefused(String... args) {
    assertThatThrownBy(() -> MainOptions.parse(args)).isInstanceOf(IllegalArgumentException.class);
  }

  private void launch(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }
}
