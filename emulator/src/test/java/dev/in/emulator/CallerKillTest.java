package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rules that kill the process that makes a call. */
@EnabledOnOs(OS.LINUX)
class CallerKillTest {
  private static final String CALL = "pubsub.projects.topics.create";
  private static final int KILLED = 137;

  private LocalCloud cloud;

  @BeforeEach
  void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void withoutARuleTheCallerGetsItsAnswer() throws Exception {
    assertThat(call("kept")).isZero();
    assertThat(exists("kept")).isTrue();
  }

  @Test
  void aCallerThatIsKilledBeforeItsCallHasChangedNothing() throws Exception {
    cloud.faults().add(FaultRule.always(CALL, new Effect.KillBefore()));

    assertThat(call("before")).isEqualTo(KILLED);
    assertThat(exists("before")).isFalse();
  }

  @Test
  void aCallerThatIsKilledAfterItsCallHasMadeItsChange() throws Exception {
    cloud.faults().add(FaultRule.always(CALL, new Effect.KillAfter()));

    assertThat(call("after")).isEqualTo(KILLED);
    assertThat(exists("after")).isTrue();
  }

  /** Creates a topic from a process of its own, and returns how that ended. */
  private int call(String topic) throws IOException, InterruptedException {
    Process caller =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Caller.class.getName(),
                topic(topic).toString())
            .inheritIO()
            .start();
    assertThat(caller.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return caller.exitValue();
  }

  private boolean exists(String topic) {
    return cloud.pubSub().topics().contains(topic);
  }

  private URI topic(String name) {
    return cloud.endpoint().resolve("/v1/projects/in-local/topics/" + name);
  }

  /** The other process. */
  static final class Caller {
    private Caller() {}

    public static void main(String[] arguments) throws Exception {
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        http.send(
            HttpRequest.newBuilder(URI.create(arguments[0]))
                .PUT(BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.discarding());
      }
    }
  }
}
