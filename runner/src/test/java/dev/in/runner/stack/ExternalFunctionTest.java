package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalFunctionTest {
  @Test
  void aShellTakesItsEnvironmentInAsItIs() throws Exception {
    String value = "it's \"a\" $HOME `x` \\ value";
    String script =
        new ExternalFunction("ai", 1234, Map.of("B_VALUE", value, "A_PORT", "1234")).script();

    Process shell =
        new ProcessBuilder("sh", "-c", script + "printf '%s|%s' \"$A_PORT\" \"$B_VALUE\"").start();

    assertThat(new String(shell.getInputStream().readAllBytes())).isEqualTo("1234|" + value);
  }
}
