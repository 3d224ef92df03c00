package dev.in.emulator.vision;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.server.ServerBuilder;
import dev.in.analysis.AnalysisEngines;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.service.GrpcServices;
import dev.in.emulator.service.ServiceEmulator;

/**
 * Cloud Vision: {@code BatchAnnotateImages} of images given as bytes or as {@code gs://} URIs,
 * computed from their pixels. Text and image properties have an engine here; for every other
 * feature the response says, as an error beside what was computed, that there is none.
 *
 * <p>Unsupported, and answered UNIMPLEMENTED: files, asynchronous batches, product search. Images
 * at http URLs are refused.
 */
public final class VisionEmulator implements ServiceEmulator {
  private final AnalysisEngines engines = new AnalysisEngines();
  private final VisionService service;

  public VisionEmulator(ImageStore images, Counters counters) {
    this.service =
        new VisionService(
            new ImageSources(requireNonNull(images, "images is null")), engines, counters);
  }

  @Override
  public void install(ServerBuilder server) {
    server.service(GrpcServices.blocking(service));
  }

  @Override
  public void close() {
    engines.close();
  }
}
