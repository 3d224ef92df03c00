package dev.in.emulator.vision;

import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.rpc.Code;
import com.google.rpc.Status;

/** One image of a batch cannot be annotated. */
final class ImageFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  ImageFailure(Code code, String message) {
    super(message);
    this.code = code;
  }

  AnnotateImageResponse response() {
    return AnnotateImageResponse.newBuilder()
        .setError(Status.newBuilder().setCode(code.getNumber()).setMessage(getMessage()))
        .build();
  }
}
