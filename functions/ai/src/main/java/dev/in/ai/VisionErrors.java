package dev.in.ai;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.failure.TransientFailure;
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import java.util.Arrays;
import java.util.List;

/**
 * Classifies Vision's errors. They come per image inside a response that is OK as a whole; what is
 * filled in beside an error is right all the same.
 */
final class VisionErrors {
  /** The local cloud's reason for features that it has no engine for; Google's has all of them. */
  static final String FEATURE_UNAVAILABLE = "FEATURE_UNAVAILABLE";

  private VisionErrors() {}

  /** The features that the provider says it has no engine for. */
  static List<Feature> unavailable(AnnotateImageResponse response) {
    return response.getError().getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(VisionErrors::errorInfo)
        .filter(info -> info.getReason().equals(FEATURE_UNAVAILABLE))
        .map(info -> info.getMetadataOrDefault("features", ""))
        .map(names -> Arrays.asList(names.split(",")))
        .flatMap(names -> VisionFeatures.named(names).stream())
        .toList();
  }

  /**
   * @throws PermanentFailure if Vision will never accept this image
   * @throws TransientFailure if a retry may help
   */
  static void throwIfFailed(AnnotateImageResponse response) {
    Status error = response.getError();
    if (!response.hasError() || error.getCode() == Code.OK_VALUE) {
      return;
    }
    if (error.getCode() == Code.UNIMPLEMENTED_VALUE && !unavailable(response).isEmpty()) {
      return;
    }
    if (rejects(error.getCode())) {
      throw rejected();
    }
    if (error.getCode() == Code.NOT_FOUND_VALUE) {
      throw PermanentFailure.storedImageGone();
    }
    throw new TransientFailure(
        "Vision answered " + Code.forNumber(error.getCode()) + ": " + error.getMessage(), null);
  }

  /** The same for a call that failed as a whole. */
  static void throwIfRejected(ApiException failure) {
    if (failure.getStatusCode().getCode() == StatusCode.Code.INVALID_ARGUMENT) {
      throw rejected();
    }
  }

  /** Bad image data is INVALID_ARGUMENT; a few kinds of it are reported as FAILED_PRECONDITION. */
  private static boolean rejects(int code) {
    return code == Code.INVALID_ARGUMENT_VALUE
        || code == Code.FAILED_PRECONDITION_VALUE
        || code == Code.OUT_OF_RANGE_VALUE;
  }

  private static PermanentFailure rejected() {
    return new PermanentFailure(
        FailureCode.ANALYSIS_REJECTED, "The analysis service cannot read this image.");
  }

  private static ErrorInfo errorInfo(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }
}
