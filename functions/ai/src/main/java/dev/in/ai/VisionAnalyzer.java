package dev.in.ai;

import static java.util.Objects.requireNonNull;

import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.Image;
import com.google.cloud.vision.v1.ImageSource;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.Feature;
import dev.in.events.ObjectRef;
import dev.in.result.Analysis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Has Cloud Vision look at an image where it lies. */
@ApplicationScoped
public class VisionAnalyzer {
  static final String PROVIDER = "vision";

  private final VisionCalls calls;

  public VisionAnalyzer(VisionCalls calls) {
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
    AnnotateImageResponse response = annotate(request.build(), budget);
    List<Feature> unavailable = new ArrayList<>(VisionErrors.unavailable(response));
    unavailable.addAll(unknown);
    return VisionAnalysis.of(response, size, features, unavailable);
  }

  private AnnotateImageResponse annotate(AnnotateImageRequest request, Deadline budget) {
    try {
      return calls.annotate(request, budget);
    } catch (CircuitBreakerOpenException e) {
      throw new TransientFailure(
          "Vision is not asked: nearly all of its latest answers were errors", e);
    } catch (BulkheadException e) {
      throw new TransientFailure(
          "Vision is not asked: as many calls as are allowed wait for it", e);
    }
  }
}
