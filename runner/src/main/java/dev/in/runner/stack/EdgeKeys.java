package dev.in.runner.stack;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The edge's two service accounts, with keys made for one run.
 *
 * @param publisher may only publish, and only to the edge's topics
 * @param uploader may only create uploads and sign reads
 */
record EdgeKeys(ServiceAccountKey publisher, ServiceAccountKey uploader) {

  /** Makes both at once: each takes a good part of a second. */
  static EdgeKeys generate() {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CompletableFuture<ServiceAccountKey> publisher = generate("edge-publisher", threads);
      CompletableFuture<ServiceAccountKey> uploader = generate("edge-uploader", threads);
      return new EdgeKeys(publisher.join(), uploader.join());
    }
  }

  List<ServiceAccountKey> all() {
    return List.of(publisher, uploader);
  }

  private static CompletableFuture<ServiceAccountKey> generate(
      String name, ExecutorService threads) {
    return CompletableFuture.supplyAsync(
        () -> ServiceAccountKey.generate(LocalNames.account(name)), threads);
  }
}
