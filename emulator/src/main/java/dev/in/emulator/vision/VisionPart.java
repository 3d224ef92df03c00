package dev.in.emulator.vision;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.server.ServerBuilder;
import dev.in.analysis.AnalysisEngines;
import dev.in.emulator.CloudPart;
import dev.in.emulator.GrpcServices;
import dev.in.emulator.counters.Counters;

/**
 * Cloud Vision: {@code BatchAnnotateImages} of pictures given as bytes or as {@code gs://} URIs,
 * computed from their pixels. Text and image properties have an engine here; for every other
 * feature the response says, as an error beside what was computed, that there is none.
 *
 * <p>Not covered, and answered UNIMPLEMENTED: files, asynchronous batches, product search. Pictures
 * at http URLs are refused.
 */
public final class VisionPart implements CloudPart {
  private final AnalysisEngines engines = new AnalysisEngines();
  private final VisionService service;

  public VisionPart(Pictures pictures, Counters counters) {
    this.service =
        new VisionService(
            new PictureSources(requireNonNull(pictures, "pictures is null")), engines, counters);
  }

  @Override
  public void install(ServerBuilder server) {
    server.service(GrpcServices.of(service));
  }

  @Override
  public void close() {
    engines.close();
  }
}
