package dev.in.emulator.storage;

import static dev.in.emulator.storage.StorageBackend.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client of Cloud Storage may rely on. */
abstract class StorageSuite {
  private static final int MIB = 1024 * 1024;

  private Storage storage;
  private String prefix;

  abstract StorageBackend backend();

  @BeforeEach
  void freshPrefix() {
    storage = backend().storage();
    prefix = StorageBackend.freshPrefix();
  }

  private BlobInfo blob(String name) {
    return backend().blob(prefix + name);
  }

  private BlobId id(String name) {
    return blob(name).getBlobId();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void anObjectIsReadBackWithItsMetadata() {
    byte[] content = random(100_000);
    Blob created =
        storage.create(
            blob("a ü/%2F+?#.jpg").toBuilder().setMetadata(Map.of("taskId", "t1")).build(),
            content);

    Blob read = storage.get(created.getBlobId());
    assertThat(storage.readAllBytes(created.getBlobId())).isEqualTo(content);
    assertThat(read.getName()).isEqualTo(prefix + "a ü/%2F+?#.jpg");
    assertThat(read.getSize()).isEqualTo(100_000);
    assertThat(read.getContentType()).isEqualTo("image/jpeg");
    assertThat(read.getMetadata()).isEqualTo(Map.of("taskId", "t1"));
    assertThat(read.getGeneration()).isEqualTo(created.getGeneration());
    assertThat(read.getMetageneration()).isEqualTo(1);
    assertThat(read.getCreateTimeOffsetDateTime()).isNotNull();
  }

  @Test
  void checksumsAreThoseOfTheContent() {
    Blob created = storage.create(blob("quick"), "The quick brown fox".getBytes(UTF_8));

    assertThat(created.getMd5ToHexString()).isEqualTo("a2004f37730b9445670a738fa0fc9ee5");
    assertThat(storage.create(blob("digits"), "123456789".getBytes(UTF_8)).getCrc32cToHexString())
        .isEqualTo("e3069283");
  }

  @Test
  void aWrongChecksumIsRefusedAndNothingStored() {
    // The client works out the checksums of bytes by itself; only a writer takes them from us.
    BlobInfo wrongCrc = blob("crc").toBuilder().setCrc32c("AAAAAA==").build();
    BlobInfo wrongMd5 = blob("md5").toBuilder().setMd5("AAAAAAAAAAAAAAAAAAAAAA==").build();

    assertThat(refusal(() -> write(wrongCrc, BlobWriteOption.crc32cMatch())).getCode())
        .isEqualTo(400);
    assertThat(refusal(() -> write(wrongMd5, BlobWriteOption.md5Match())).getCode()).isEqualTo(400);
    assertThat(storage.get(id("crc"))).isNull();
    assertThat(storage.get(id("md5"))).isNull();
  }

  private void write(BlobInfo blob, BlobWriteOption option) {
    try (WriteChannel writer = storage.writer(blob, option)) {
      writer.write(ByteBuffer.wrap(random(10)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void writtenOnceMeansOnce() {
    Blob first = storage.create(blob("a"), random(1), BlobTargetOption.doesNotExist());

    StorageException refusal =
        refusal(() -> storage.create(blob("a"), random(2), BlobTargetOption.doesNotExist()));

    assertThat(refusal.getCode()).isEqualTo(412);
    assertThat(refusal.getReason()).isEqualTo("conditionNotMet");
    assertThat(storage.get(id("a")).getGeneration()).isEqualTo(first.getGeneration());
  }

  @Test
  void ofTwentyParallelFirstWritesExactlyOneWins() throws Exception {
    var outcomes = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 20)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        try {
                          storage.create(
                              blob("a"), new byte[] {(byte) i}, BlobTargetOption.doesNotExist());
                          return i;
                        } catch (StorageException refused) {
                          return -refused.getCode();
                        }
                      })
              .toList();
      for (Future<Integer> call : threads.invokeAll(calls)) {
        outcomes.add(call.get());
      }
    }

    List<Integer> winners = outcomes.stream().filter(outcome -> outcome >= 0).toList();
    assertThat(winners).hasSize(1);
    assertThat(outcomes.stream().filter(outcome -> outcome < 0)).hasSize(19).containsOnly(-412);
    assertThat(storage.readAllBytes(id("a"))).containsExactly(winners.getFirst());
  }

  @Test
  void aNewContentIsANewGeneration() {
    Blob first = storage.create(blob("a"), random(1));
    Blob second = storage.create(blob("a"), random(2));

    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThat(storage.get(first.getBlobId())).as("the replaced generation").isNull();
    assertThat(
            refusal(
                    () ->
                        storage.create(
                            blob("a"),
                            random(3),
                            BlobTargetOption.generationMatch(first.getGeneration())))
                .getCode())
        .isEqualTo(412);
    storage.create(blob("a"), random(3), BlobTargetOption.generationMatch(second.getGeneration()));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(storage.get(id("none"))).isNull();
    assertThat(storage.delete(id("none"))).isFalse();
    assertThat(refusal(() -> storage.readAllBytes(id("none"))).getCode()).isEqualTo(404);
    assertThat(
            refusal(
                    () ->
                        storage.create(
                            blob("a").toBuilder().build(),
                            random(1),
                            BlobTargetOption.generationMatch(5)))
                .getCode())
        .isEqualTo(412);
    assertThat(
            refusal(
                    () ->
                        storage.create(
                            BlobInfo.newBuilder("no-such-bucket-here", "a").build(), random(1)))
                .getCode())
        .isEqualTo(404);
  }

  @Test
  void aWriterUploadsInChunks() throws IOException {
    byte[] content = random(3 * MIB + 12_345);

    try (WriteChannel writer = storage.writer(blob("a"), BlobWriteOption.doesNotExist())) {
      writer.setChunkSize(MIB);
      for (int at = 0; at < content.length; at += 100_000) {
        writer.write(ByteBuffer.wrap(content, at, Math.min(100_000, content.length - at)));
      }
      assertThat(storage.get(id("a"))).as("invisible until whole").isNull();
    }

    assertThat(storage.readAllBytes(id("a"))).isEqualTo(content);
  }

  @Test
  void aWriterMayEndOnAChunksBoundaryOrWithoutAnything() throws IOException {
    byte[] content = random(2 * MIB);
    try (WriteChannel writer = storage.writer(blob("two"))) {
      writer.setChunkSize(MIB);
      writer.write(ByteBuffer.wrap(content));
    }
    storage.writer(blob("none")).close();

    assertThat(storage.readAllBytes(id("two"))).isEqualTo(content);
    assertThat(storage.readAllBytes(id("none"))).isEmpty();
  }

  @Test
  void aWriterSeesItsPreconditionAtTheEndToo() throws IOException {
    WriteChannel writer = storage.writer(blob("a"), BlobWriteOption.doesNotExist());
    writer.write(ByteBuffer.wrap(random(MIB)));
    storage.create(blob("a"), random(1));

    StorageException refusal =
        refusal(
            () -> {
              try {
                writer.close();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(refusal.getCode()).isEqualTo(412);
    assertThat(storage.readAllBytes(id("a"))).isEqualTo(random(1));
  }

  @Test
  void aStreamOfUnknownLengthIsUploaded() throws IOException {
    byte[] content = random(5 * MIB + 7);

    Blob created = storage.createFrom(blob("a"), new ByteArrayInputStream(content), 2 * MIB);

    assertThat(created.getSize()).isEqualTo(content.length);
    assertThat(storage.readAllBytes(id("a"))).isEqualTo(content);
  }

  @Test
  void aReaderSeeksAndStops() throws IOException {
    byte[] content = random(MIB);
    storage.create(blob("a"), content);

    try (ReadChannel reader = storage.reader(id("a"))) {
      reader.seek(500_000);
      reader.limit(500_010);
      var buffer = ByteBuffer.allocate(100);
      while (reader.read(buffer) >= 0) {}
      assertThat(Arrays.copyOf(buffer.array(), buffer.position()))
          .isEqualTo(Arrays.copyOfRange(content, 500_000, 500_010));
    }
  }

  @Test
  void readingMayDependOnTheGeneration() {
    Blob blob = storage.create(blob("a"), random(1));
    long generation = blob.getGeneration();

    assertThat(
            refusal(
                    () ->
                        storage.readAllBytes(
                            id("a"), BlobSourceOption.generationMatch(generation + 1)))
                .getCode())
        .isEqualTo(412);
    assertThat(storage.readAllBytes(id("a"), BlobSourceOption.generationMatch(generation)))
        .hasSize(1);
    assertThat(
            refusal(() -> storage.get(id("a"), BlobGetOption.generationNotMatch(generation)))
                .getCode())
        .isEqualTo(304);
  }

  @Test
  void deletingMayDependOnTheGeneration() {
    Blob created = storage.create(blob("a"), random(1));
    long generation = created.getGeneration();

    assertThat(
            refusal(() -> storage.delete(id("a"), BlobSourceOption.generationMatch(generation + 1)))
                .getCode())
        .isEqualTo(412);
    assertThat(storage.delete(id("a"), BlobSourceOption.generationMatch(generation))).isTrue();
    assertThat(storage.get(id("a"))).isNull();
  }

  private List<String> list(BlobListOption... options) {
    return StreamSupport.stream(
            storage.list(backend().bucket(), options).iterateAll().spliterator(), false)
        .map(blob -> blob.getName().substring(prefix.length()))
        .toList();
  }

  @Test
  void listingFoldsAndPages() {
    for (String name : List.of("b", "a/1", "a/2", "a-", "c/d/1", "\uFFFD", "\uD83D\uDE00")) {
      storage.create(blob(name), random(1));
    }

    assertThat(list(BlobListOption.prefix(prefix)))
        .containsExactly("a-", "a/1", "a/2", "b", "c/d/1", "\uFFFD", "\uD83D\uDE00");
    assertThat(list(BlobListOption.prefix(prefix), BlobListOption.pageSize(2)))
        .containsExactly("a-", "a/1", "a/2", "b", "c/d/1", "\uFFFD", "\uD83D\uDE00");
    assertThat(
            list(
                BlobListOption.prefix(prefix),
                BlobListOption.currentDirectory(),
                BlobListOption.pageSize(1)))
        .containsExactlyInAnyOrder("a-", "a/", "b", "c/", "\uFFFD", "\uD83D\uDE00");
    assertThat(list(BlobListOption.prefix(prefix + "a/"))).containsExactly("a/1", "a/2");
  }

  @Test
  void bucketsAreMadeAndFound() {
    String name = "bucket-" + System.nanoTime();

    storage.create(BucketInfo.of(name));

    assertThat(storage.get(name).getName()).isEqualTo(name);
    assertThat(storage.get("bucket-nowhere-at-all")).isNull();
    assertThat(refusal(() -> storage.create(BucketInfo.of(name))).getCode()).isEqualTo(409);
  }
}
