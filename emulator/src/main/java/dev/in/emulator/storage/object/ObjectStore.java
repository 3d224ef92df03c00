package dev.in.emulator.storage.object;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Buckets and the live generation of each object. Every change is atomic and checked against what
 * is there at that moment; contents are on disk only.
 */
public final class ObjectStore {
  /** So strict that a bucket's name is a safe file name. */
  public static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  private final ObjectFiles files;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets = new TreeMap<>();
  private final Map<String, NavigableMap<String, StoredObject>> objects = new TreeMap<>();
  private long lastGeneration;

  public ObjectStore(ObjectFiles files, Clock clock) throws IOException {
    this.files = requireNonNull(files, "files is null");
    this.clock = requireNonNull(clock, "clock is null");
    for (Bucket bucket : files.loadBuckets()) {
      buckets.put(bucket.name(), bucket);
      objects.put(bucket.name(), new TreeMap<>());
      recover(files.loadObjects(bucket));
    }
  }

  private void recover(List<StoredObject> found) throws IOException {
    for (StoredObject object :
        found.stream().sorted(Comparator.comparing(StoredObject::generation)).toList()) {
      Optional<StoredObject> older =
          Optional.ofNullable(objects.get(object.id().bucket()).put(object.id().name(), object));
      if (older.isPresent()) {
        files.delete(older.get());
      }
      lastGeneration = Math.max(lastGeneration, object.generation());
    }
  }

  /** The content of an object; it stays readable when the object is replaced or deleted. */
  public record Content(StoredObject object, FileChannel channel) {}

  public Path freshFile() {
    return files.freshFile();
  }

  public Bucket createBucket(String name) throws IOException {
    if (!BUCKET_NAME.matcher(name).matches() || name.contains("..")) {
      throw StorageFailure.invalid("Invalid bucket name: '%s'", name);
    }
    lock.lock();
    try {
      if (buckets.containsKey(name)) {
        throw new StorageFailure(
            StorageFailure.Kind.CONFLICT,
            "Your previous request to create the named bucket succeeded and you already own it.");
      }
      var bucket = new Bucket(name, now());
      files.save(bucket);
      buckets.put(name, bucket);
      objects.put(name, new TreeMap<>());
      return bucket;
    } finally {
      lock.unlock();
    }
  }

  public Bucket bucket(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(buckets.get(name)).orElseThrow(StorageFailure::noBucket);
    } finally {
      lock.unlock();
    }
  }

  public boolean hasBucket(String name) {
    lock.lock();
    try {
      return buckets.containsKey(name);
    } finally {
      lock.unlock();
    }
  }

  Collection<Bucket> buckets() {
    lock.lock();
    try {
      return List.copyOf(buckets.values());
    } finally {
      lock.unlock();
    }
  }

  /** The bucket's objects as they are now. */
  public List<StoredObject> objects(String bucket) {
    lock.lock();
    try {
      return List.copyOf(live(bucket).values());
    } finally {
      lock.unlock();
    }
  }

  /** Says early that an insertion would be refused, before its content has come in. */
  public void checkInsertable(ObjectId id, Preconditions preconditions) {
    lock.lock();
    try {
      preconditions.checkForWriting(Optional.ofNullable(live(id.bucket()).get(id.name())));
    } finally {
      lock.unlock();
    }
  }

  /** Makes a content the live generation, in place of the one that was. */
  public StoredObject insert(
      ObjectId id, Attributes attributes, StagedContent content, Preconditions preconditions)
      throws IOException {
    lock.lock();
    try {
      NavigableMap<String, StoredObject> live = live(id.bucket());
      Optional<StoredObject> replaced = Optional.ofNullable(live.get(id.name()));
      preconditions.checkForWriting(replaced);
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      lastGeneration = Math.max(micros, lastGeneration + 1);
      var object =
          new StoredObject(id, lastGeneration, content.size(), content.hashes(), now(), attributes);
      content.moveTo(files.data(object));
      files.save(object);
      live.put(id.name(), object);
      if (replaced.isPresent()) {
        files.delete(replaced.get());
      }
      return object;
    } finally {
      lock.unlock();
    }
  }

  public StoredObject get(ObjectId id, OptionalLong generation, Preconditions preconditions) {
    lock.lock();
    try {
      StoredObject object = existing(id, generation);
      preconditions.checkForReading(object);
      return object;
    } finally {
      lock.unlock();
    }
  }

  public Content open(ObjectId id, OptionalLong generation, Preconditions preconditions)
      throws IOException {
    lock.lock();
    try {
      StoredObject object = get(id, generation, preconditions);
      return new Content(object, FileChannel.open(files.data(object), StandardOpenOption.READ));
    } finally {
      lock.unlock();
    }
  }

  public void delete(ObjectId id, OptionalLong generation, Preconditions preconditions)
      throws IOException {
    lock.lock();
    try {
      StoredObject object = existing(id, generation);
      preconditions.checkForWriting(Optional.of(object));
      files.delete(object);
      live(id.bucket()).remove(id.name());
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<String, StoredObject> live(String bucket) {
    return Optional.ofNullable(objects.get(bucket)).orElseThrow(StorageFailure::noBucket);
  }

  private StoredObject existing(ObjectId id, OptionalLong generation) {
    return Optional.ofNullable(live(id.bucket()).get(id.name()))
        .filter(o -> generation.isEmpty() || generation.getAsLong() == o.generation())
        .orElseThrow(() -> StorageFailure.noObject(id));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
