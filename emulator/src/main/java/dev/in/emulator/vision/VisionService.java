package dev.in.emulator.vision;

import static java.util.Objects.requireNonNull;

import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.BatchAnnotateImagesRequest;
import com.google.cloud.vision.v1.BatchAnnotateImagesResponse;
import com.google.cloud.vision.v1.Feature.Type;
import com.google.cloud.vision.v1.ImageAnnotatorGrpc;
import com.google.rpc.Code;
import dev.in.analysis.AnalysisEngines;
import dev.in.analysis.Feature;
import dev.in.analysis.image.DecodeException;
import dev.in.emulator.counters.Counters;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Answers each image of a batch by itself: one that fails has its error, and the call is OK. */
final class VisionService extends ImageAnnotatorGrpc.ImageAnnotatorImplBase {
  /** Google's limit for one call. */
  private static final int MAX_IMAGES = 16;

  private final ImageSources sources;
  private final AnalysisEngines engines;
  private final Counters counters;

  VisionService(ImageSources sources, AnalysisEngines engines, Counters counters) {
    this.sources = requireNonNull(sources, "sources is null");
    this.engines = requireNonNull(engines, "engines is null");
    this.counters = requireNonNull(counters, "counters is null");
  }

  @Override
  public void batchAnnotateImages(
      BatchAnnotateImagesRequest request, StreamObserver<BatchAnnotateImagesResponse> observer) {
    if (request.getRequestsCount() == 0) {
      throw invalid("No images in the request.");
    }
    if (request.getRequestsCount() > MAX_IMAGES) {
      throw invalid("Too many images per request: at most " + MAX_IMAGES + " are allowed.");
    }
    BatchAnnotateImagesResponse.Builder batch = BatchAnnotateImagesResponse.newBuilder();
    request.getRequestsList().forEach(image -> batch.addResponses(annotate(image)));
    observer.onNext(batch.build());
    observer.onCompleted();
  }

  private AnnotateImageResponse annotate(AnnotateImageRequest request) {
    Set<Type> types = new LinkedHashSet<>();
    request.getFeaturesList().forEach(feature -> types.add(feature.getType()));
    // Failed images are billed like others.
    types.forEach(type -> counters.add("vision.units/" + type.name(), 1));
    counters.add("vision.units", types.size());
    try {
      if (types.isEmpty()) {
        throw new ImageFailure(Code.INVALID_ARGUMENT, "Request must specify features.");
      }
      byte[] image = sources.read(request.getImage());
      return Annotations.of(engines.analyze(image, computable(types)), types);
    } catch (ImageFailure e) {
      return e.response();
    } catch (DecodeException e) {
      return new ImageFailure(Code.INVALID_ARGUMENT, "Bad image data.").response();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.UNAVAILABLE.withDescription("the local cloud stops").asRuntimeException();
    }
  }

  private static Set<Feature> computable(Set<Type> types) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    types.forEach(type -> VisionTypes.engineOf(type).ifPresent(features::add));
    return features;
  }

  private static RuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }
}
