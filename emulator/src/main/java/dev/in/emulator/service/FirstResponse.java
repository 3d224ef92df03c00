package dev.in.emulator.service;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Waits for the first data of a response and breaks it off there. */
final class FirstResponse implements Subscriber<HttpObject> {
  private final HttpResponse response;
  private final CompletableFuture<Void> seen = new CompletableFuture<>();

  private FirstResponse(HttpResponse response) {
    this.response = response;
  }

  /** Completes with the first data, or with the response's end if there was none. */
  static CompletableFuture<Void> of(HttpResponse response) {
    FirstResponse first = new FirstResponse(response);
    response.subscribe(first);
    return first.seen;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (part instanceof HttpData data && !data.isEmpty() && seen.complete(null)) {
      response.abort();
    }
  }

  @Override
  public void onError(Throwable failure) {
    seen.complete(null);
  }

  @Override
  public void onComplete() {
    seen.complete(null);
  }
}
