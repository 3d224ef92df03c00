package dev.in.runner.batch;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;

/** Told how a batch goes. Calls come from several threads; an input's own are in order. */
public interface Progress {

  /** An input is being uploaded, or submitted where there is nothing to upload. */
  void begun(int index, Input input);

  /** The edge has told something of the input's task, its end included. */
  void told(int index, Input input, TaskView view);

  /** The input's row is known. */
  void finished(int index, Row row);
}
