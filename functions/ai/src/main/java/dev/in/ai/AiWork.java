package dev.in.ai;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.StageWork;
import dev.in.core.failure.Deadline;
import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.switches.Switch;
import dev.in.core.switches.Switches;
import dev.in.core.task.TaskDocument;
import dev.in.events.Stage;
import dev.in.result.Analysis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Has the image analysed, or says why it was not. */
@ApplicationScoped
public class AiWork implements StageWork {
  private static final String SWITCHED_OFF = "Analysis is switched off at the moment.";

  private final VisionAnalyzer analyzer;
  private final Switches switches;

  public AiWork(VisionAnalyzer analyzer, Switches switches) {
    this.analyzer = requireNonNull(analyzer, "analyzer is null");
    this.switches = requireNonNull(switches, "switches is null");
  }

  @Override
  public Stage stage() {
    return Stage.AI;
  }

  @Override
  public AiOutput work(TaskDocument task, Deadline budget) {
    DownloadOutput image = task.downloadOutput().orElseThrow();
    MetadataOutput size = task.metadataOutput().orElseThrow();
    Optional<String> refusal =
        task.skipAnalysis().or(this::switchedOff).or(() -> VisionLimits.refusal(image, size));
    return new AiOutput(
        refusal.isPresent()
            ? Analysis.skipped(VisionAnalyzer.PROVIDER, task.features(), refusal.get())
            : analyzer.analyze(image.object(), size, task.features(), budget));
  }

  private Optional<String> switchedOff() {
    return switches.isOn(Switch.ANALYSIS) ? Optional.empty() : Optional.of(SWITCHED_OFF);
  }
}
