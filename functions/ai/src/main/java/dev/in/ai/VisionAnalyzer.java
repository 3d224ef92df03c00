package dev.in.ai;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.BatchAnnotateImagesRequest;
import com.google.cloud.vision.v1.BatchAnnotateImagesResponse;
import com.google.cloud.vision.v1.Image;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import com.google.cloud.vision.v1.ImageSource;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.telemetry.Calls;
import dev.in.events.Feature;
import dev.in.events.ObjectRef;
import dev.in.result.Analysis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Has Cloud Vision look at an image where it lies. */
@ApplicationScoped
public class VisionAnalyzer {
  static final String PROVIDER = "vision";

  private final ImageAnnotatorClient vision;
  private final Calls calls;

  public VisionAnalyzer(ImageAnnotatorClient vision, Calls calls) {
    this.vision = requireNonNull(vision, "vision is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  Analysis analyze(ObjectRef object, MetadataOutput size, List<Feature> features, Deadline budget) {
    List<Feature> unknown =
        features.stream().filter(feature -> VisionFeatures.type(feature).isEmpty()).toList();
    AnnotateImageRequest.Builder request =
        AnnotateImageRequest.newBuilder()
            .setImage(
                Image.newBuilder().setSource(ImageSource.newBuilder().setImageUri(object.gsUri())));
    features.stream()
        .map(VisionFeatures::type)
        .flatMap(Optional::stream)
        .forEach(
            type ->
                request.addFeatures(com.google.cloud.vision.v1.Feature.newBuilder().setType(type)));
    if (request.getFeaturesCount() == 0) {
      return Analysis.skipped(PROVIDER, features, "None of the features is known.");
    }
    AnnotateImageResponse response =
        calls.make("vision.annotate", () -> annotate(request.build(), budget));
    List<Feature> unavailable = new ArrayList<>(VisionErrors.unavailable(response));
    VisionErrors.throwIfFailed(response);
    unavailable.addAll(unknown);
    return VisionAnalysis.of(response, size, features, unavailable);
  }

  private AnnotateImageResponse annotate(AnnotateImageRequest request, Deadline budget) {
    try {
      BatchAnnotateImagesResponse batch =
          Await.answer(
              vision
                  .batchAnnotateImagesCallable()
                  .futureCall(BatchAnnotateImagesRequest.newBuilder().addRequests(request).build()),
              budget,
              "Vision");
      return batch.getResponses(0);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refused) {
        VisionErrors.throwIfRejected(refused);
      }
      throw new TransientFailure("Vision cannot be asked", e.getCause());
    }
  }
}
