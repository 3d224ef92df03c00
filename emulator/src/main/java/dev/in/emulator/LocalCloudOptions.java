package dev.in.emulator;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.firestore.FirestoreSettings;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a local cloud is set up. Start from {@link #defaults()} and change what differs.
 *
 * @param port the port on 127.0.0.1, 0 for a free one
 * @param project the project whose default resources exist from the start
 * @param bucket the bucket that exists from the start
 * @param timers the clock, and what runs later
 * @param timeScale divides every duration that Pub/Sub is configured with, so that an ack deadline
 *     of 150 s passes in 1.5 s at 100; for tests. The API still shows and checks the true values
 * @param dataDirectory where state is kept across restarts; empty keeps it for this run only
 * @param accounts service accounts known by their public keys: their bearer tokens and signed URLs
 *     are verified with them
 * @param publishers for each account, the ids of the topics that it may publish to; an account that
 *     is not here may publish to none
 * @param identities accounts that get a metadata server of their own, beside the default one
 * @param firestore patience, and the documents' TTL fields
 */
public record LocalCloudOptions(
    int port,
    String project,
    String bucket,
    Timers timers,
    double timeScale,
    Optional<Path> dataDirectory,
    Map<String, RSAPublicKey> accounts,
    Map<String, Set<String>> publishers,
    List<String> identities,
    FirestoreSettings firestore) {

  public LocalCloudOptions {
    requireNonNull(project, "project is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(timers, "timers is null");
    requireNonNull(dataDirectory, "dataDirectory is null");
    requireNonNull(firestore, "firestore is null");
    accounts = Map.copyOf(accounts);
    publishers = Map.copyOf(publishers);
    identities = List.copyOf(identities);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is out of range: " + port);
    }
    if (!(timeScale > 0)) {
      throw new IllegalArgumentException("timeScale must be positive: " + timeScale);
    }
  }

  /** A free port, project {@code in-local}, bucket {@code in-local-images}, true time, no disk. */
  public static LocalCloudOptions defaults() {
    return new LocalCloudOptions(
        0,
        "in-local",
        "in-local-images",
        Timers.system(),
        1,
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        FirestoreSettings.defaults());
  }

  public LocalCloudOptions withPort(int newPort) {
    return new LocalCloudOptions(
        newPort,
        project,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withProject(String newProject) {
    return new LocalCloudOptions(
        port,
        newProject,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withBucket(String newBucket) {
    return new LocalCloudOptions(
        port,
        project,
        newBucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withTimers(Timers newTimers) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        newTimers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withTimeScale(double newTimeScale) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        newTimeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withDataDirectory(Path directory) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        timeScale,
        Optional.of(directory),
        accounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withAccounts(Map<String, RSAPublicKey> newAccounts) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        newAccounts,
        publishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withPublishers(Map<String, Set<String>> newPublishers) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        newPublishers,
        identities,
        firestore);
  }

  public LocalCloudOptions withIdentities(List<String> newIdentities) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        newIdentities,
        firestore);
  }

  public LocalCloudOptions withFirestore(FirestoreSettings newFirestore) {
    return new LocalCloudOptions(
        port,
        project,
        bucket,
        timers,
        timeScale,
        dataDirectory,
        accounts,
        publishers,
        identities,
        newFirestore);
  }
}
