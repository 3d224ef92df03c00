package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./in up --sign-in}, {@code ./in login} at its provider, and what it is for. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SignInIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void whoSignsInSubmitsAnImageAndSeesOnlyTheirOwn() throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    try (RunningStack stack = RunningStack.start("--sign-in")) {
      String edge = stack.edge().toString();
      try (InCommand submit = in("nobody", "submit", "--to", edge, "--json", image.toString())) {
        assertThat(submit.awaitExit(LONG)).isEqualTo(3);
        assertThat(submit.errors())
            .contains(
                "in: the edge does not authorize us: a bearer token is required; sign in by ./in"
                    + " login --to "
                    + edge);
      }

      assertThat(login("alice", edge))
          .startsWith("Signed in at %s as alice@example.com (users), until ".formatted(edge));
      assertThat(login("bob", edge)).contains(" as bob@example.com (users), ");
      try (Stream<Path> files = Files.list(folder.resolve("alice/in"))) {
        Path token = files.findFirst().orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
            .isEqualTo("rw-------");
      }

      String report = folder.resolve("report").toString();
      List<JsonNode> rows =
          printed("alice", "submit", "--to", edge, "--json", "--out", report, image.toString());
      assertThat(rows).extracting(row -> row.path("status").asText()).containsExactly("completed");
      String taskId = rows.getFirst().path("taskId").asText();
      assertThat(printed("alice", "tasks", "--to", edge, "--json"))
          .extracting(task -> task.path("taskId").asText())
          .containsExactly(taskId);
      assertThat(printed("bob", "tasks", "--to", edge, "--json")).isEmpty();
      assertThat(stack.document(taskId)).containsEntry("channel", "users");

      try (InCommand logout = in("alice", "logout", "--to", edge)) {
        assertThat(logout.awaitExit(LONG)).isZero();
      }
      try (InCommand tasks = in("alice", "tasks", "--to", edge)) {
        assertThat(tasks.awaitExit(LONG)).isEqualTo(3);
        assertThat(tasks.errors())
            .contains(
                "in: the edge refused: a bearer token is required; sign in by ./in login --to "
                    + edge);
      }
    }
  }

  /** Signs in through a browser, and returns what the command has said at last. */
  private String login(String user, String edge) throws Exception {
    try (InCommand login = in(user, "login", "--to", edge, "--no-browser");
        TestingBrowser browser = new TestingBrowser()) {
      URI page = URI.create(login.awaitOut(line -> line.startsWith("http://127.0.0.1:")));
      HttpResponse<String> users = browser.open(page);
      assertThat(users.body()).contains(">alice</button>", ">bob</button>");
      HttpResponse<String> end = browser.press(users, "user", user);
      assertThat(end.uri().getPath()).isEqualTo("/callback");
      assertThat(end.body()).contains("You can close this window.");
      assertThat(login.awaitExit(LONG)).isZero();
      return login.out().getLast();
    }
  }

  private List<JsonNode> printed(String user, String... arguments) throws Exception {
    try (InCommand command = in(user, arguments)) {
      assertThat(command.awaitExit(LONG)).isZero();
      List<JsonNode> lines = new ArrayList<>();
      for (String line : command.out()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    }
  }

  /** A command of one of this machine's users. */
  private InCommand in(String user, String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", folder.resolve(user).toString(), "IN_TOKEN", "");
    return InCommand.start(folder, environment, arguments);
  }
}
