package dev.in.emulator.pubsub.push;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Takes the status off a response and discards the rest. HTTP has 102 (Processing) go before the
 * true answer; Pub/Sub takes it for the answer.
 */
final class StatusReader implements Subscriber<HttpObject> {
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  /** Fails when the connection did. */
  CompletableFuture<Integer> status() {
    return status;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (part instanceof ResponseHeaders headers
        && headers.contains(HttpHeaderNames.STATUS)
        && (!headers.status().isInformational()
            || headers.status().equals(HttpStatus.PROCESSING))) {
      status.complete(headers.status().code());
    }
  }

  @Override
  public void onError(Throwable failure) {
    status.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (!status.isDone()) {
      status.completeExceptionally(new IllegalStateException("the answer has no status"));
    }
  }
}
