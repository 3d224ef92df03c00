package dev.in.emulator.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that outlive the process. */
class ObjectFilesTest {
  private static final ObjectId ID = new ObjectId("images-bucket", "tasks/t1/1/original");

  @TempDir Path directory;

  private ObjectStore open() throws IOException {
    return new ObjectStore(new ObjectFiles(directory), Clock.systemUTC());
  }

  private static StoredObject insert(ObjectStore store, String content) throws IOException {
    StagedContent staged =
        StagedContent.receive(
            new ByteArrayInputStream(content.getBytes()), store.freshFile(), SizeLimits.DEFAULT);
    return store.insert(
        ID,
        new Attributes(Map.of("contentType", "image/jpeg"), Map.of("k", "v")),
        staged,
        Preconditions.NONE);
  }

  private static String content(ObjectStore store) throws IOException {
    ObjectStore.Content content = store.open(ID, OptionalLong.empty(), Preconditions.NONE);
    try (var in = Channels.newInputStream(content.channel())) {
      return new String(in.readAllBytes());
    }
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bucketsAndObjectsComeBackAsTheyWere() throws IOException {
    ObjectStore store = open();
    Bucket bucket = store.createBucket("images-bucket");
    StoredObject object = insert(store, "content");

    ObjectStore reopened = open();

    assertThat(reopened.buckets()).containsExactly(bucket);
    assertThat(reopened.objects("images-bucket")).containsExactly(object);
    assertThat(content(reopened)).isEqualTo("content");
    assertThat(insert(reopened, "new").generation()).isGreaterThan(object.generation());
  }

  @Test
  void replacedAndDeletedContentsLeaveNothingOnDisk() throws IOException {
    ObjectStore store = open();
    store.createBucket("images-bucket");
    insert(store, "old");
    StoredObject newer = insert(store, "new");
    assertThat(files("buckets/images-bucket"))
        .containsExactly(newer.generation() + ".data", newer.generation() + ".json", "bucket.json");

    store.delete(ID, OptionalLong.empty(), Preconditions.NONE);
    assertThat(files("buckets/images-bucket")).containsExactly("bucket.json");
    assertThat(files("incoming")).isEmpty();
  }

  @Test
  void aReaderKeepsTheContentThatIsReplaced() throws IOException {
    ObjectStore store = open();
    store.createBucket("images-bucket");
    insert(store, "old");
    ObjectStore.Content old = store.open(ID, OptionalLong.empty(), Preconditions.NONE);
    insert(store, "new");

    try (var in = Channels.newInputStream(old.channel())) {
      assertThat(new String(in.readAllBytes())).isEqualTo("old");
    }
  }

  @Test
  void whatTheDeathOfTheProcessLeftHalfIsSweptAway() throws IOException {
    ObjectStore store = open();
    store.createBucket("images-bucket");
    StoredObject object = insert(store, "whole");
    Path bucket = directory.resolve("buckets/images-bucket");
    Files.writeString(bucket.resolve("99.data"), "content without metadata");
    Files.writeString(directory.resolve("incoming/half"), "never finished");
    long later = object.generation() + 1;
    Files.copy(bucket.resolve(object.generation() + ".data"), bucket.resolve(later + ".data"));
    Files.writeString(
        bucket.resolve(later + ".json"),
        Files.readString(bucket.resolve(object.generation() + ".json"))
            .replace(String.valueOf(object.generation()), String.valueOf(later)));

    ObjectStore reopened = open();

    assertThat(reopened.objects("images-bucket").stream().map(StoredObject::generation))
        .as("of a name that is there twice, the later")
        .containsExactly(later);
    assertThat(files("incoming")).isEmpty();
    assertThat(files("buckets/images-bucket"))
        .containsExactly(later + ".data", later + ".json", "bucket.json");
  }

  @Test
  void aFailedUploadLeavesNothing() throws IOException {
    ObjectStore store = open();
    store.createBucket("images-bucket");
    try {
      StagedContent.receive(
          new ByteArrayInputStream(new byte[11]), store.freshFile(), new SizeLimits(0, 10));
      throw new AssertionError("The upload succeeded");
    } catch (StorageFailure expected) {
      assertThat(expected.kind()).isEqualTo(StorageFailure.Kind.TOO_LARGE);
    }

    assertThat(files("incoming")).isEmpty();
  }
}
