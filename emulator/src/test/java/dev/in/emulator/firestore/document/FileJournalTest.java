package dev.in.emulator.firestore.document;

import static dev.in.emulator.firestore.RawFirestore.integer;
import static dev.in.emulator.firestore.RawFirestore.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Write;
import dev.in.emulator.firestore.RawFirestore;
import dev.in.emulator.time.TestingTimers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that outlive the process. */
class FileJournalTest {
  @TempDir Path directory;

  private final TestingTimers timers = new TestingTimers();

  private interface Session {
    void use(DocumentStore store) throws IOException;
  }

  private void session(Session session) throws IOException {
    try (var journal = new FileJournal(directory)) {
      session.use(new DocumentStore(new CommitClock(timers.clock()), journal));
    }
  }

  private static Map<String, Document> documents(DocumentStore store) {
    return store.read(
        view ->
            view.documents().values().stream()
                .collect(Collectors.toMap(Document::getName, d -> d)));
  }

  private static Write deletion(String path) {
    return Write.newBuilder().setDelete(RawFirestore.ROOT + "/" + path).build();
  }

  @Test
  void documentsComeBackAsTheyWere() throws IOException {
    var before = new HashMap<String, Document>();
    session(
        store -> {
          store.commit(List.of(set("tasks/a", "n", integer(1)), set("tasks/b", "n", integer(2))));
          store.commit(List.of(set("tasks/a", "n", integer(3))));
          store.commit(List.of(deletion("tasks/b")));
          before.putAll(documents(store));
        });

    for (int restart = 0; restart < 2; restart++) {
      session(store -> assertThat(documents(store)).isEqualTo(before));
    }
    assertThat(before.keySet()).containsExactly(RawFirestore.ROOT + "/tasks/a");
  }

  @Test
  void commitTimesGrowAcrossARestartEvenWhenTheClockGoesBack() throws IOException {
    var last = new long[1];
    session(
        store -> last[0] = store.commit(List.of(set("tasks/a", "n", integer(1)))).commitMicros());
    timers.pass(Duration.ofHours(-1));

    session(
        store ->
            assertThat(store.commit(List.of(set("tasks/a", "n", integer(2)))).commitMicros())
                .isGreaterThan(last[0]));
  }

  @Test
  void aCommitCutShortIsDroppedAsAWhole() throws IOException {
    Path file = directory.resolve("documents.journal");
    var whole = new long[1];
    session(
        store -> {
          store.commit(List.of(set("tasks/a", "n", integer(1))));
          whole[0] = Files.size(file);
          store.commit(List.of(set("tasks/a", "n", integer(2)), set("tasks/b", "n", integer(2))));
        });
    byte[] complete = Files.readAllBytes(file);

    for (long length = whole[0]; length < complete.length; length++) {
      Files.write(file, complete);
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      session(
          store -> {
            assertThat(documents(store)).hasSize(1);
            assertThat(documents(store).get(RawFirestore.ROOT + "/tasks/a").getFieldsMap())
                .isEqualTo(Map.of("n", integer(1)));
          });
    }
  }

  @Test
  void aCommitThatIsDamagedIsDroppedAsAWhole() throws IOException {
    Path file = directory.resolve("documents.journal");
    session(
        store -> {
          store.commit(List.of(set("tasks/a", "n", integer(1))));
          store.commit(List.of(set("tasks/b", "n", integer(2))));
        });
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);

    session(
        store ->
            assertThat(documents(store).keySet()).containsExactly(RawFirestore.ROOT + "/tasks/a"));
  }

  @Test
  void aRefusedCommitIsNotKept() throws IOException {
    session(
        store ->
            RawFirestore.refusal(
                () ->
                    store.commit(
                        List.of(
                            set("tasks/a", "n", integer(1)),
                            set("tasks/a", "__reserved__", integer(1))))));

    session(store -> assertThat(documents(store)).isEmpty());
  }

  @Test
  void restartingCompacts() throws IOException {
    session(
        store -> {
          for (int i = 0; i < 1_000; i++) {
            store.commit(List.of(set("tasks/a", "n", integer(i))));
          }
        });
    long grown = Files.size(directory.resolve("documents.journal"));

    session(store -> {});

    assertThat(Files.size(directory.resolve("documents.journal"))).isLessThan(grown / 500);
  }
}
