package dev.in.emulator.pubsub.api;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers a unary call with a value or with what was thrown. */
final class Responses {
  private Responses() {}

  static <T> void with(StreamObserver<T> answer, Supplier<T> call) {
    T value;
    try {
      value = call.get();
    } catch (RuntimeException failure) {
      answer.onError(failure);
      return;
    }
    answer.onNext(value);
    answer.onCompleted();
  }
}
