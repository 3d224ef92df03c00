package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.firestore.api.DocumentReads;
import dev.in.emulator.firestore.api.DocumentWrites;
import dev.in.emulator.firestore.api.FirestoreRest;
import dev.in.emulator.firestore.api.FirestoreService;
import dev.in.emulator.firestore.api.QueryReads;
import dev.in.emulator.firestore.api.Usage;
import dev.in.emulator.firestore.document.CommitClock;
import dev.in.emulator.firestore.document.DocumentStore;
import dev.in.emulator.firestore.document.FileJournal;
import dev.in.emulator.firestore.document.Journal;
import dev.in.emulator.firestore.document.TimeToLive;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.service.GrpcServices;
import dev.in.emulator.service.ServiceEmulator;
import dev.in.emulator.time.Timers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Firestore in native mode, Standard edition: database {@code (default)} of every project.
 *
 * <p>Unsupported, and answered UNIMPLEMENTED: transactions, listeners, write streams, bulk writes,
 * listing, partition queries, pipelines, vector search, sums and averages, explain, reads of past
 * versions. No index is needed for any query, unlike in Firestore.
 */
public final class FirestoreEmulator implements ServiceEmulator {
  private final Journal journal;
  private final FirestoreService service;
  private final FirestoreRest rest;
  private final TimeToLive timeToLive;
  private final FirestoreSettings settings;
  private final Timers timers;
  private Timers.Timer nextExpiry = () -> {};
  private boolean closed;

  /**
   * @param dataDirectory where documents are kept; empty keeps them for this run only
   */
  public FirestoreEmulator(
      FirestoreSettings settings, Timers timers, Counters counters, Optional<Path> dataDirectory) {
    this.settings = requireNonNull(settings, "settings is null");
    this.timers = requireNonNull(timers, "timers is null");
    requireNonNull(counters, "counters is null");
    journal = dataDirectory.<Journal>map(FileJournal::new).orElseGet(Journal::none);
    var store = new DocumentStore(new CommitClock(timers.clock()), journal);
    var usage = new Usage(counters);
    var reads = new DocumentReads(store, usage);
    var writes = new DocumentWrites(store, usage);
    service = new FirestoreService(reads, new QueryReads(store, usage), writes);
    rest = new FirestoreRest(reads, writes);
    timeToLive = new TimeToLive(store, writes::commit, timers.clock(), ttlFields(settings));
  }

  private static Map<String, FieldPath> ttlFields(FirestoreSettings settings) {
    return settings.ttlFields().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> FieldPath.parse(entry.getValue())));
  }

  @Override
  public void install(ServerBuilder server) {
    server.service(GrpcServices.prompt(service));
    server.service("regex:^" + FirestoreRest.PATH + "$", rest);
    scheduleExpiry();
  }

  @Override
  public Optional<String> callName(RequestHeaders request) {
    return FirestoreRest.callName(request);
  }

  private synchronized void scheduleExpiry() {
    if (!settings.ttlFields().isEmpty() && !closed) {
      nextExpiry =
          timers.after(
              settings.ttlPeriod(),
              () -> {
                expireDocuments();
                scheduleExpiry();
              });
    }
  }

  /**
   * Deletes every document whose TTL field has passed. It also happens by itself, every hour.
   *
   * @return how many were deleted
   */
  public int expireDocuments() {
    return timeToLive.expire();
  }

  @Override
  public synchronized void close() {
    closed = true;
    nextExpiry.cancel();
    journal.close();
  }
}
