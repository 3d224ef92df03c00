package dev.in.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.publish.Outgoing;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever order messages come in, however often, and whatever is lost on the way. */
class ChainProperties {
  private static final Logger LOG = Logger.getLogger("dev.in.core");

  @BeforeContainer
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterContainer
  static void asBefore() {
    LOG.setLevel(null);
  }

  @Property(tries = 1000)
  void everyTaskCompletesAndEveryFactIsPublishedWithOneContent(
      @ForAll("story") List<ChainBench.Step> story) {
    ChainBench chain = new ChainBench();

    story.forEach(chain::run);
    chain.finish();

    TaskDocument document = chain.document();
    assertThat(document.status()).isEqualTo(TaskStatus.COMPLETED);
    for (StageState stage : document.stages().values()) {
      assertThat(stage.status()).isEqualTo(StageStatus.COMPLETED);
      assertThat(stage.history().leaseExpiries()).isZero();
    }
    Replays.assertIdenticalPerId(chain.published());
    assertThat(chain.published())
        .extracting(message -> message.attributes().get("eventType"))
        .contains("image.downloaded", "metadata.extracted", "ai.analyzed", "task.completed")
        .doesNotContain("task.failed");
    assertThat(chain.published()).extracting(Outgoing::topic).doesNotContain("dead-letter-topic");
  }

  @Provide
  Arbitrary<List<ChainBench.Step>> story() {
    return Combinators.combine(
            Arbitraries.of(ChainBench.Kind.class), Arbitraries.integers().between(0, 300))
        .as(ChainBench.Step::new)
        .list()
        .ofMaxSize(60);
  }
}
