package dev.in.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.failure.TransientFailure;
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Which of Vision's errors about one image end the task, and which only this attempt. */
class VisionErrorsTest {

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"})
  void aImageThatVisionCannotReadIsRejectedForGood(Code code) {
    PermanentFailure failure =
        catchThrowableOfType(
            PermanentFailure.class,
            () -> VisionErrors.throwIfFailed(response(code, "Bad image data.")));

    assertThat(failure.code()).isEqualTo(FailureCode.ANALYSIS_REJECTED);
    assertThat(failure).hasMessage("The analysis service cannot read this image.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      mode = Mode.EXCLUDE,
      names = {
        "OK",
        "INVALID_ARGUMENT",
        "FAILED_PRECONDITION",
        "OUT_OF_RANGE",
        "NOT_FOUND",
        "UNRECOGNIZED"
      })
  void everyOtherErrorIsTransient(Code code) {
    assertThatThrownBy(() -> VisionErrors.throwIfFailed(response(code, "not now")))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Vision answered " + code + ": not now");
  }

  @Test
  void anImageThatIsGoneFromTheBucketIsAPermanentFailureOfOurs() {
    assertThatThrownBy(() -> VisionErrors.throwIfFailed(response(Code.NOT_FOUND, "no such object")))
        .isInstanceOfSatisfying(
            PermanentFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL));
  }

  @Test
  void anUnknownCodeIsTransientToo() {
    AnnotateImageResponse response =
        AnnotateImageResponse.newBuilder().setError(Status.newBuilder().setCode(99)).build();

    assertThatThrownBy(() -> VisionErrors.throwIfFailed(response))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void anAnswerWithoutAnErrorIsNone() {
    assertThatCode(() -> VisionErrors.throwIfFailed(AnnotateImageResponse.getDefaultInstance()))
        .doesNotThrowAnyException();
    assertThatCode(() -> VisionErrors.throwIfFailed(response(Code.OK, "")))
        .doesNotThrowAnyException();
  }

  @Test
  void aFeatureWithoutAnEngineIsToldAndFailsNothing() {
    AnnotateImageResponse response =
        unavailable("LABEL_DETECTION,FACE_DETECTION", VisionErrors.FEATURE_UNAVAILABLE);

    assertThat(VisionErrors.unavailable(response)).containsExactly(Feature.LABELS, Feature.FACES);
    assertThatCode(() -> VisionErrors.throwIfFailed(response)).doesNotThrowAnyException();
  }

  @Test
  void anUnimplementedCallForAnotherReasonPasses() {
    AnnotateImageResponse response = unavailable("LABEL_DETECTION", "SOMETHING_ELSE");

    assertThat(VisionErrors.unavailable(response)).isEmpty();
    assertThatThrownBy(() -> VisionErrors.throwIfFailed(response))
        .isInstanceOf(TransientFailure.class);
  }

  private static AnnotateImageResponse response(Code code, String message) {
    return AnnotateImageResponse.newBuilder()
        .setError(Status.newBuilder().setCode(code.getNumber()).setMessage(message))
        .build();
  }

  private static AnnotateImageResponse unavailable(String types, String reason) {
    ErrorInfo info =
        ErrorInfo.newBuilder().setReason(reason).putMetadata("features", types).build();
    return AnnotateImageResponse.newBuilder()
        .setError(Status.newBuilder().setCode(Code.UNIMPLEMENTED_VALUE).addDetails(Any.pack(info)))
        .build();
  }
}
