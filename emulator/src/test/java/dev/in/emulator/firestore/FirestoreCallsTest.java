package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.RawFirestore.DATABASE;
import static dev.in.emulator.firestore.RawFirestore.ROOT;
import static dev.in.emulator.firestore.RawFirestore.document;
import static dev.in.emulator.firestore.RawFirestore.integer;
import static dev.in.emulator.firestore.RawFirestore.refusal;
import static dev.in.emulator.firestore.RawFirestore.refusalCode;
import static dev.in.emulator.firestore.RawFirestore.set;
import static dev.in.emulator.firestore.RawFirestore.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.ExecutePipelineRequest;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.PartitionQueryRequest;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.Timestamp;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that Google's Java client does not make, and requests that it would not send. */
class FirestoreCallsTest {
  private static LocalCloud cloud;
  private static RawFirestore firestore;

  private String tasks;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    firestore = new RawFirestore(cloud.port());
  }

  @AfterAll
  static void stop() {
    firestore.close();
    cloud.close();
  }

  @BeforeEach
  void freshCollection() {
    tasks = "c" + UUID.randomUUID();
  }

  private String name(String id) {
    return ROOT + "/" + tasks + "/" + id;
  }

  @Test
  void oneDocumentIsGottenOrNotFound() {
    firestore.commit(set(tasks + "/t1", "n", integer(1)));

    GetDocumentRequest request = GetDocumentRequest.newBuilder().setName(name("t1")).build();
    assertThat(firestore.calls().getDocument(request).getFieldsMap())
        .isEqualTo(Map.of("n", integer(1)));
    assertThat(
            firestore
                .calls()
                .getDocument(request.toBuilder().setMask(DocumentMask.getDefaultInstance()).build())
                .getFieldsMap())
        .isEmpty();
    Status refusal =
        refusal(
            () -> firestore.calls().getDocument(request.toBuilder().setName(name("none")).build()));
    assertThat(refusal.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.getDescription()).contains(name("none"));
  }

  @Test
  void aCreatedDocumentGetsAnIdOfTwentyCharactersUnlessItHasOne() {
    CreateDocumentRequest request =
        CreateDocumentRequest.newBuilder()
            .setParent(ROOT)
            .setCollectionId(tasks)
            .setDocument(Document.newBuilder().putFields("n", integer(1)))
            .build();

    assertThat(firestore.calls().createDocument(request).getName())
        .matches("\\Q" + ROOT + "/" + tasks + "/\\E[A-Za-z0-9]{20}");
    CreateDocumentRequest named = request.toBuilder().setDocumentId("t1").build();
    assertThat(firestore.calls().createDocument(named).getName()).isEqualTo(name("t1"));
    assertThat(refusalCode(() -> firestore.calls().createDocument(named)))
        .isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @Test
  void updatingAndDeletingOneDocumentKeepTheirGuards() {
    Document created =
        firestore
            .calls()
            .updateDocument(
                UpdateDocumentRequest.newBuilder()
                    .setDocument(document(tasks + "/t1", Map.of("a", integer(1))))
                    .build());
    Document updated =
        firestore
            .calls()
            .updateDocument(
                UpdateDocumentRequest.newBuilder()
                    .setDocument(document(tasks + "/t1", Map.of("b", integer(2))))
                    .setUpdateMask(DocumentMask.newBuilder().addFieldPaths("b"))
                    .build());
    DeleteDocumentRequest stale =
        DeleteDocumentRequest.newBuilder()
            .setName(name("t1"))
            .setCurrentDocument(Precondition.newBuilder().setUpdateTime(created.getUpdateTime()))
            .build();

    assertThat(updated.getFieldsMap()).isEqualTo(Map.of("a", integer(1), "b", integer(2)));
    assertThat(refusalCode(() -> firestore.calls().deleteDocument(stale)))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    DeleteDocumentRequest mustExist =
        DeleteDocumentRequest.newBuilder()
            .setName(name("t1"))
            .setCurrentDocument(Precondition.newBuilder().setExists(true))
            .build();
    firestore.calls().deleteDocument(mustExist);
    assertThat(refusalCode(() -> firestore.calls().deleteDocument(mustExist)))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void aDeletionHasNoUpdateTime() {
    CommitResponse response =
        firestore.commit(
            set(tasks + "/t1", "n", integer(1)), Write.newBuilder().setDelete(name("t1")).build());

    assertThat(response.getWriteResults(0).getUpdateTime()).isEqualTo(response.getCommitTime());
    assertThat(response.getWriteResults(1).hasUpdateTime()).isFalse();
  }

  @Test
  void transformsAnswerTheirNewValues() {
    firestore.commit(set(tasks + "/t1", "n", integer(5)));

    CommitResponse response =
        firestore.commit(
            Write.newBuilder()
                .setUpdate(document(tasks + "/t1", Map.of()))
                .setUpdateMask(DocumentMask.getDefaultInstance())
                .addUpdateTransforms(transform("n").setMaximum(integer(9)))
                .addUpdateTransforms(transform("n").setMinimum(Numbers.ofDouble(9.0)))
                .addUpdateTransforms(transform("n").setMinimum(Numbers.ofDouble(2.5)))
                .addUpdateTransforms(transform("m").setMinimum(integer(3)))
                .addUpdateTransforms(
                    transform("list")
                        .setAppendMissingElements(ArrayValue.newBuilder().addValues(text("a"))))
                .build());

    assertThat(response.getWriteResults(0).getTransformResultsList())
        .containsExactly(
            integer(9),
            integer(9),
            Numbers.ofDouble(2.5),
            integer(3),
            Value.newBuilder().setNullValueValue(0).build());
  }

  private static FieldTransform.Builder transform(String field) {
    return FieldTransform.newBuilder().setFieldPath(field);
  }

  @Test
  void aTransactionMayBeginWithItsFirstRead() {
    var responses = new ArrayList<BatchGetDocumentsResponse>();
    firestore
        .calls()
        .batchGetDocuments(
            BatchGetDocumentsRequest.newBuilder()
                .setDatabase(DATABASE)
                .addDocuments(name("t1"))
                .setNewTransaction(TransactionOptions.getDefaultInstance())
                .build())
        .forEachRemaining(responses::add);

    assertThat(responses).hasSize(2);
    assertThat(responses.get(0).getTransaction().isEmpty()).isFalse();
    assertThat(responses.get(1).getMissing()).isEqualTo(name("t1"));
    firestore.commit(responses.get(0).getTransaction(), set(tasks + "/t1", "n", integer(1)));
    assertThat(
            refusalCode(
                () ->
                    firestore.commit(
                        responses.get(0).getTransaction(), set(tasks + "/t1", "n", integer(2)))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void longListsComeInPages() {
    for (int i = 0; i < 5; i++) {
      firestore.commit(set(tasks + "/t" + i, "n", integer(i)));
      firestore.commit(set(tasks + "/t0/sub" + i + "/x", "n", integer(i)));
    }
    var documents = new ArrayList<String>();
    var collections = new ArrayList<String>();

    var request =
        ListDocumentsRequest.newBuilder().setParent(ROOT).setCollectionId(tasks).setPageSize(2);
    ListDocumentsResponse page;
    do {
      page = firestore.calls().listDocuments(request.build());
      page.getDocumentsList().forEach(d -> documents.add(d.getName()));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    var idsRequest = ListCollectionIdsRequest.newBuilder().setParent(name("t0")).setPageSize(2);
    ListCollectionIdsResponse ids;
    do {
      ids = firestore.calls().listCollectionIds(idsRequest.build());
      collections.addAll(ids.getCollectionIdsList());
      idsRequest.setPageToken(ids.getNextPageToken());
    } while (!ids.getNextPageToken().isEmpty());

    assertThat(documents)
        .containsExactly(name("t0"), name("t1"), name("t2"), name("t3"), name("t4"));
    assertThat(collections).containsExactly("sub0", "sub1", "sub2", "sub3", "sub4");
  }

  @Test
  void malformedRequestsAreRefused() {
    Value arrayInArray = array(array(integer(1)));
    List<Write> malformed =
        List.of(
            set(tasks, "n", integer(1)),
            set(tasks + "/__x__", "n", integer(1)),
            set(tasks + "/t1", "__x__", integer(1)),
            set(tasks + "/t1", "n", arrayInArray),
            set(tasks + "/t1", "n", Value.getDefaultInstance()),
            set(tasks + "/t1", "n", nested(21)),
            Write.getDefaultInstance(),
            RawFirestore.update(
                tasks + "/t1", "a..b", integer(1), Precondition.getDefaultInstance()),
            RawFirestore.update(
                tasks + "/t1",
                "a",
                integer(1),
                Precondition.newBuilder()
                    .setUpdateTime(Timestamp.newBuilder().setNanos(1))
                    .build()));

    for (Write write : malformed) {
      assertThat(refusalCode(() -> firestore.commit(write)))
          .as(write.toString())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    firestore.commit(set(tasks + "/t1", "n", nested(20)));
  }

  private static Value array(Value element) {
    return Value.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(element)).build();
  }

  private static Value nested(int levels) {
    Value value = integer(1);
    for (int i = 1; i < levels; i++) {
      value = Fields.map(Map.of("m", value));
    }
    return value;
  }

  @Test
  void anotherDatabaseDoesNotExist() {
    assertThat(
            refusalCode(
                () ->
                    firestore
                        .calls()
                        .getDocument(
                            GetDocumentRequest.newBuilder()
                                .setName("projects/p/databases/other/documents/a/b")
                                .build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void projectsDoNotSeeEachOther() {
    firestore.commit(set(tasks + "/t1", "n", integer(1)));

    assertThat(
            refusalCode(
                () ->
                    firestore
                        .calls()
                        .getDocument(
                            GetDocumentRequest.newBuilder()
                                .setName(name("t1").replace("in-local", "in-other"))
                                .build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void whatIsNotCoveredSaysSo() {
    assertThat(
            refusalCode(
                () -> firestore.calls().partitionQuery(PartitionQueryRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(
            refusalCode(
                () ->
                    firestore
                        .calls()
                        .executePipeline(ExecutePipelineRequest.getDefaultInstance())
                        .next()))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    firestore.commit(set(tasks + "/t1", "n", integer(1)));
    assertThat(
            refusalCode(
                () ->
                    firestore
                        .calls()
                        .getDocument(
                            GetDocumentRequest.newBuilder()
                                .setName(name("t1"))
                                .setReadTime(Timestamp.newBuilder().setSeconds(1))
                                .build())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }
}
