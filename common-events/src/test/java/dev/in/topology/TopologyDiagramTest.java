package dev.in.topology;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopologyDiagramTest {
  private static final String BEGIN = "<!-- drawn from topology.yaml -->\n";
  private static final String END = "<!-- end -->";
  private static final String AGAIN =
      "mvn -pl common-events test -Dtest=TopologyDiagramTest -Ddiagram.write=true";

  @Test
  void theDiagramInTheDocsIsTheTopology() throws IOException {
    Path path = Path.of("../docs/architecture.md");
    String text = Files.readString(path);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    if (Boolean.getBoolean("diagram.write")) {
      Files.writeString(path, text.substring(0, begin) + drawn() + text.substring(end));
    } else {
      assertThat(text.substring(begin, end))
          .as("%s differs from topology.yaml; draw it again with: %s", path, AGAIN)
          .isEqualTo(drawn());
    }
  }

  private static String drawn() {
    return TopologyDiagram.draw(Topology.load()).stream()
        .collect(joining("\n", "```mermaid\n", "\n```\n"));
  }
}
