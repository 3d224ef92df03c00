package dev.in.bench;

import dev.in.analysis.AnalysisEngines;
import dev.in.analysis.Feature;
import dev.in.analysis.image.DecodeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the chain is compared with: the same libraries in one process, one image after the other on
 * every processor, and nothing kept.
 */
final class Loop implements AutoCloseable {
  private final AnalysisEngines engines = new AnalysisEngines();
  private final Set<Feature> features;

  Loop(Set<Feature> features) {
    this.features = features;
  }

  Measurement run(List<Path> images) throws InterruptedException, ExecutionException {
    Measurement.Clock clock = Measurement.Clock.start();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Void>> done = new ArrayList<>();
      for (Path image : images) {
        done.add(
            workers.submit(
                () -> {
                  process(image);
                  return null;
                }));
      }
      for (Future<Void> one : done) {
        one.get();
      }
    }
    return clock.stop();
  }

  private void process(Path image) throws IOException, InterruptedException {
    if (MetadataReader.read(image).isEmpty()) {
      return; // the chain fails it at this point, too
    }
    try {
      engines.analyze(image, features);
    } catch (DecodeException e) {
      // A failed task, and as much work.
    }
  }

  @Override
  public void close() {
    engines.close();
  }
}
