package dev.in.ai;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.BatchAnnotateImagesRequest;
import com.google.cloud.vision.v1.BatchAnnotateImagesResponse;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.telemetry.Calls;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Calls to Cloud Vision, only so many at a time, and none for a moment while nearly all of them
 * fail: deliveries are refused at once then, and what does not need Vision is not held up by it. A
 * Vision that only throttles goes on being asked: its quota is used, and Pub/Sub's backoff makes
 * room.
 */
@ApplicationScoped
class VisionCalls {
  private final ImageAnnotatorClient vision;
  private final Calls calls;
  private final Optional<String> parent;

  VisionCalls(ImageAnnotatorClient vision, Calls calls, AiConfig config) {
    this.vision = requireNonNull(vision, "vision is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.parent = config.visionParent();
  }

  /**
   * Has one image annotated. Its bounds can be set as {@code
   * quarkus.fault-tolerance."dev.in.ai.VisionCalls/annotate"}.
   *
   * @throws TransientFailure if a retry may help
   * @throws dev.in.core.failure.PermanentFailure if Vision will never accept this image
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException if Vision
   *     was not asked
   */
  @CircuitBreaker(
      requestVolumeThreshold = 20,
      failureRatio = 0.9,
      delay = 1_000,
      failOn = TransientFailure.class)
  @Bulkhead(16)
  AnnotateImageResponse annotate(AnnotateImageRequest request, Deadline budget) {
    AnnotateImageResponse response = calls.make("vision.annotate", () -> call(request, budget));
    VisionErrors.throwIfFailed(response);
    return response;
  }

  private AnnotateImageResponse call(AnnotateImageRequest request, Deadline budget) {
    try {
      BatchAnnotateImagesResponse batch =
          Await.answer(
              vision.batchAnnotateImagesCallable().futureCall(batch(request, parent)),
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

  static BatchAnnotateImagesRequest batch(AnnotateImageRequest request, Optional<String> parent) {
    BatchAnnotateImagesRequest.Builder batch =
        BatchAnnotateImagesRequest.newBuilder().addRequests(request);
    parent.ifPresent(batch::setParent);
    return batch.build();
  }
}
