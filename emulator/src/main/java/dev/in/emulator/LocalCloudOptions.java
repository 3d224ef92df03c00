package dev.in.emulator;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.firestore.FirestoreSettings;
import dev.in.emulator.time.Timers;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a local cloud is set up.
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
 *     is not listed may publish to no topic
 * @param identities accounts that get a metadata server of their own, beside the default one
 * @param firestore the documents' TTL fields
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
    return builder().build();
  }

  /** Starts from the {@link #defaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private int port;
    private String project = "in-local";
    private String bucket = "in-local-images";
    private Timers timers = Timers.system();
    private double timeScale = 1;
    private Optional<Path> dataDirectory = Optional.empty();
    private Map<String, RSAPublicKey> accounts = Map.of();
    private Map<String, Set<String>> publishers = Map.of();
    private List<String> identities = List.of();
    private FirestoreSettings firestore = FirestoreSettings.defaults();

    private Builder() {}

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder project(String value) {
      project = value;
      return this;
    }

    public Builder bucket(String value) {
      bucket = value;
      return this;
    }

    public Builder timers(Timers value) {
      timers = value;
      return this;
    }

    public Builder timeScale(double value) {
      timeScale = value;
      return this;
    }

    public Builder dataDirectory(Path value) {
      dataDirectory = Optional.of(value);
      return this;
    }

    public Builder accounts(Map<String, RSAPublicKey> value) {
      accounts = value;
      return this;
    }

    public Builder publishers(Map<String, Set<String>> value) {
      publishers = value;
      return this;
    }

    public Builder identities(List<String> value) {
      identities = value;
      return this;
    }

    public Builder firestore(FirestoreSettings value) {
      firestore = value;
      return this;
    }

    public LocalCloudOptions build() {
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
          firestore);
    }
  }
}
