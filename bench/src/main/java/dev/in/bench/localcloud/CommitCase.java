package dev.in.bench.localcloud;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Documents are created and updated, guarded by their update time, some at once. */
record CommitCase(String name, int operations, int inFlight) implements Case {
  private static final String KILOBYTE = "x".repeat(1024);

  @Override
  public Service service() {
    return Service.FIRESTORE;
  }

  @Override
  public Result run(Server server, int commits) throws Exception {
    int each = commits / inFlight;
    long[] latencies = new long[each * inFlight];
    try (Firestore firestore =
            FirestoreOptions.newBuilder()
                .setProjectId("in-local")
                .setEmulatorHost(server.host())
                .build()
                .getService();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Duration cpu = server.cpu();
      long start = System.nanoTime();
      List<Future<?>> workers = new ArrayList<>();
      for (int worker = 0; worker < inFlight; worker++) {
        DocumentReference task = firestore.document("bench/" + UUID.randomUUID());
        int first = worker * each;
        workers.add(
            threads.submit(
                () -> {
                  commit(task, latencies, first, each);
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return Result.of(latencies, seconds, server.cpu().minus(cpu).toMillis(), 0, server.rssMiB());
    }
  }

  private static void commit(DocumentReference task, long[] latencies, int first, int number)
      throws Exception {
    WriteResult written = null;
    for (int i = 0; i < number; i++) {
      Map<String, Object> fields = Map.of("number", i, "text", KILOBYTE);
      long start = System.nanoTime();
      written =
          written == null
              ? task.create(fields).get()
              : task.update(fields, Precondition.updatedAt(written.getUpdateTime())).get();
      latencies[first + i] = System.nanoTime() - start;
    }
  }
}
