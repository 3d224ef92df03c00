package dev.in.runner.batch;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;

/**
 * ProgressRecorder how a batch goes. Calls come from several threads; an input's own are in order.
 */
public interface Progress {

  /** First of all: what there is to do. */
  void batchStarted(List<Input> inputs);

  /** An input is being uploaded, or submitted where there is nothing to upload. */
  void itemStarted(int index, Input input);

  /** The edge has sent an update of the input's task, the terminal one included. */
  void itemUpdated(int index, Input input, TaskView view);

  /** The input's row is known. */
  void itemFinished(int index, Row row);

  /** Last of all, also where the batch has failed. */
  void batchFinished();
}
