package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainOptionsTest {
  @Test
  void everyOptionArrives() {
    MainOptions options =
        MainOptions.parse(
            ("--port 8085 --data /tmp/cloud --project p --bucket b --time-scale 10"
                    + " --publisher a@p=t1 --publisher a@p=t2 --identity sync@p"
                    + " --ttl tasks=expiresAt --ttl deadLetters=end --until-stdin-closes")
                .split(" "));

    LocalCloudOptions cloud = options.cloud();
    assertThat(cloud.port()).isEqualTo(8085);
    assertThat(cloud.dataDirectory()).isEqualTo(Optional.of(Path.of("/tmp/cloud")));
    assertThat(cloud.project()).isEqualTo("p");
    assertThat(cloud.bucket()).isEqualTo("b");
    assertThat(cloud.timeScale()).isEqualTo(10);
    assertThat(cloud.publishers()).isEqualTo(Map.of("a@p", Set.of("t1", "t2")));
    assertThat(cloud.identities()).containsExactly("sync@p");
    assertThat(cloud.firestore().ttlFields())
        .isEqualTo(Map.of("tasks", "expiresAt", "deadLetters", "end"));
    assertThat(options.untilStdinCloses()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense 1 | unknown option --nonsense",
        "--port | --port needs a value",
        "--ttl tasks | --ttl takes NAME=..., not tasks",
      })
  void whatIsWrongIsTold(String arguments, String message) {
    assertThatThrownBy(() -> MainOptions.parse(arguments.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
