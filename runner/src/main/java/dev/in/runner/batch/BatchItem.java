package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.in.events.FailureCode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import dev.in.runner.edge.Tasks;
import dev.in.runner.input.Input;
import dev.in.runner.process.StackFailure;
import dev.in.runner.result.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One input of a batch, from upload to its row. */
final class BatchItem {
  private final int index;
  private final Input input;
  private final Tasks tasks;
  private final Progress progress;
  private final StageEnds stageEnds;
  private final List<StageEnd> earlyEnds = new ArrayList<>();
  private Optional<TaskView> last = Optional.empty();

  BatchItem(int index, Input input, Tasks tasks, Progress progress, StageEnds stageEnds) {
    this.index = index;
    this.input = requireNonNull(input, "input is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.stageEnds = requireNonNull(stageEnds, "stageEnds is null");
  }

  int index() {
    return index;
  }

  /** Uploads, submits and follows; returns the row of the end. */
  Row process() throws StackFailure, InterruptedException {
    try {
      return switch (input) {
        case Input.Unusable unusable ->
            Row.notSubmitted(unusable.name(), unusable.code(), unusable.message());
        case Input.ImageFile file -> {
          progress.itemStarted(index, input);
          yield follow(tasks.submitUpload(tasks.upload(file.file(), file.contentType())));
        }
        case Input.ImageUrl url -> {
          progress.itemStarted(index, input);
          yield follow(tasks.submitUrl(url.name()));
        }
      };
    } catch (EdgeRefusal refusal) {
      return refused(refusal);
    }
  }

  /** The row as far as it is known, for one that time, or a limit, has run out for. */
  synchronized Row abandon(TaskError error) {
    return last.map(view -> Row.unfinished(input.name(), view, error))
        .orElseGet(() -> Row.notSubmitted(input.name(), error.code(), error.message()));
  }

  private Row follow(TaskView submitted) throws StackFailure, InterruptedException, EdgeRefusal {
    itemUpdated(submitted);
    stageEnds.follow(submitted.taskId(), this::stageEnded);
    return Row.of(input.name(), tasks.follow(submitted.taskId(), this::itemUpdated));
  }

  private synchronized void itemUpdated(TaskView view) {
    last = Optional.of(view);
    progress.itemUpdated(index, input, view);
    if (view.times().isPresent()) {
      List<StageEnd> ends = List.copyOf(earlyEnds);
      earlyEnds.clear();
      ends.forEach(this::stageEnded);
    }
  }

  /** An update as the edge would have sent it. */
  private synchronized void stageEnded(StageEnd end) {
    TaskView view = last.orElseThrow();
    if (view.times().isEmpty()) {
      earlyEnds.add(end); // since when the task is there, only the edge knows
    } else if (!view.terminal()) {
      itemUpdated(view.atStage(end.stage(), end.at()));
    }
  }

  private Row refused(EdgeRefusal refusal) throws StackFailure {
    if (refusal.unauthorized()) {
      throw new StackFailure("the edge does not authorize us: " + refusal.getMessage(), refusal);
    }
    String code = refusal.limit().orElseGet(() -> code(refusal).value());
    return abandon(TaskError.of(code, refusal.getMessage()));
  }

  private FailureCode code(EdgeRefusal refusal) {
    if (refusal.tooLarge()) {
      return FailureCode.SOURCE_TOO_LARGE;
    }
    return input instanceof Input.ImageUrl ? FailureCode.SOURCE_UNREACHABLE : FailureCode.INTERNAL;
  }
}
