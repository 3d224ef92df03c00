package dev.in.emulator.storage;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.identity.ServiceAccountKeys;
import dev.in.emulator.service.ServiceEmulator;
import dev.in.emulator.storage.http.Operation;
import dev.in.emulator.storage.http.StorageUsage;
import dev.in.emulator.storage.json.BucketCalls;
import dev.in.emulator.storage.json.ObjectCalls;
import dev.in.emulator.storage.json.StorageApi;
import dev.in.emulator.storage.json.StorageCall;
import dev.in.emulator.storage.json.UploadCalls;
import dev.in.emulator.storage.object.ObjectFiles;
import dev.in.emulator.storage.object.ObjectId;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.Preconditions;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.TemporaryDirectory;
import dev.in.emulator.storage.upload.ResumableUploads;
import dev.in.emulator.storage.xml.SignatureCheck;
import dev.in.emulator.storage.xml.XmlApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Cloud Storage: the JSON API for clients, and V4 signed URLs on {@code /BUCKET/OBJECT}, which are
 * verified, for browsers.
 *
 * <p>Unsupported, and answered 501: versioning, soft deletion, access control, holds and retention,
 * encryption keys, notifications, batches, folders, and settings of buckets.
 */
public final class StorageEmulator implements ServiceEmulator {
  private final StorageApi api;
  private final XmlApi xml;
  private final ObjectStore store;
  private final Optional<TemporaryDirectory> temporary;

  /**
   * @param bucket a bucket that exists from the start
   * @param keys whose signed URLs are taken
   * @param dataDirectory where objects are kept; empty keeps them in a temporary directory, for
   *     this run only
   * @throws UncheckedIOException when the directory cannot be used
   */
  public StorageEmulator(
      String bucket,
      Clock clock,
      Counters counters,
      ServiceAccountKeys keys,
      Optional<Path> dataDirectory) {
    requireNonNull(bucket, "bucket is null");
    try {
      temporary =
          dataDirectory.isPresent()
              ? Optional.empty()
              : Optional.of(TemporaryDirectory.in(Path.of(System.getProperty("java.io.tmpdir"))));
      Path directory =
          dataDirectory.or(() -> temporary.map(TemporaryDirectory::path)).orElseThrow();
      store = new ObjectStore(new ObjectFiles(directory.resolve("storage")), clock);
      if (!store.hasBucket(bucket)) {
        store.createBucket(bucket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var usage = new StorageUsage(counters);
    api =
        new StorageApi(
            new BucketCalls(store),
            new ObjectCalls(store),
            new UploadCalls(store, new ResumableUploads(store, clock)),
            usage);
    xml = new XmlApi(store, new SignatureCheck(keys, clock), usage);
  }

  /**
   * An object as another service of the same cloud reads it: uncounted, and by name alone.
   *
   * @return empty if there is no such object
   */
  public Optional<byte[]> read(String bucket, String name) {
    try (FileChannel content =
        store
            .open(new ObjectId(bucket, name), OptionalLong.empty(), Preconditions.NONE)
            .channel()) {
      InputStream bytes = Channels.newInputStream(content);
      return Optional.of(bytes.readAllBytes());
    } catch (StorageFailure e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void install(ServerBuilder server) {
    server.service("prefix:/storage/v1/", api);
    server.service("prefix:/upload/storage/v1/", api);
    server.service("prefix:" + StorageCall.RESUMABLE + "/upload/storage/v1/", api);
    server.service("prefix:/download/storage/v1/", api);
    server.service("exact:/batch/storage/v1", api);
    server.service("regex:^/" + ObjectStore.BUCKET_NAME + "/.+$", xml);
  }

  @Override
  public Optional<String> callName(RequestHeaders request) {
    String path = request.path().split("\\?", 2)[0];
    return StorageCall.parse(request, path)
        .map(StorageCall::operation)
        .or(() -> isObject(path) ? XmlApi.operation(request.method()) : Optional.empty())
        .map(Operation::callName);
  }

  private boolean isObject(String path) {
    int slash = path.indexOf('/', 1);
    return slash > 0 && store.hasBucket(path.substring(1, slash));
  }

  @Override
  public void close() {
    try {
      if (temporary.isPresent()) {
        temporary.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
