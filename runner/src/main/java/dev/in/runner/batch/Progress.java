package dev.in.runner.batch;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;

/** Told how a batch goes. Calls come from several threads; an input's own are in order. */
public interface Progress {

  /** First of all: what there is to do. */
  void planned(List<Input> inputs);

  /** An input is being uploaded, or submitted where there is nothing to upload. */
  void begun(int index, Input input);

  /** The edge has told something of the input's task, its end included. */
  void told(int index, Input input, TaskView view);

  /** The input's row is known. */
  void finished(int index, Row row);

  /** Last of all, also where the batch has failed. */
  void ended();
}
