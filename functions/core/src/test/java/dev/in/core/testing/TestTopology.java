package dev.in.core.testing;

import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.util.List;

/** The packed topology with a chain of the test's own choice. */
public final class TestTopology {
  private TestTopology() {}

  public static Topology wholeChain() {
    return chain(Stage.DOWNLOAD, Stage.METADATA, Stage.AI);
  }

  public static Topology chain(Stage... stages) {
    Topology packed = Topology.load();
    return new Topology(
        packed.clocks(),
        List.of(stages),
        packed.topics(),
        packed.functions(),
        packed.subscriptions(),
        packed.deadLetter());
  }
}
