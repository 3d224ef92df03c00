package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.RawFirestore.DATABASE;
import static dev.in.emulator.firestore.RawFirestore.ROOT;
import static dev.in.emulator.firestore.RawFirestore.document;
import static dev.in.emulator.firestore.RawFirestore.integer;
import static dev.in.emulator.firestore.RawFirestore.refusalCode;
import static dev.in.emulator.firestore.RawFirestore.set;
import static dev.in.emulator.firestore.RawFirestore.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.ExecutePipelineRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.PartitionQueryRequest;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.StructuredAggregationQuery;
import com.google.firestore.v1.StructuredAggregationQuery.Aggregation;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.FieldReference;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.firestore.value.Fields;
import io.grpc.Status;
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
                .addUpdateTransforms(transform("n").setIncrement(integer(4)))
                .addUpdateTransforms(transform("n").setIncrement(decimal(0.5)))
                .addUpdateTransforms(transform("m").setIncrement(integer(3)))
                .build());

    assertThat(response.getWriteResults(0).getTransformResultsList())
        .containsExactly(integer(9), decimal(9.5), integer(3));
  }

  private static Value decimal(double value) {
    return Value.newBuilder().setDoubleValue(value).build();
  }

  private static FieldTransform.Builder transform(String field) {
    return FieldTransform.newBuilder().setFieldPath(field);
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
                        .commit(
                            CommitRequest.newBuilder()
                                .setDatabase("projects/p/databases/other")
                                .build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void projectsDoNotSeeEachOther() {
    firestore.commit(set(tasks + "/t1", "n", integer(1)));

    assertThat(
            firestore
                .calls()
                .batchGetDocuments(
                    BatchGetDocumentsRequest.newBuilder()
                        .setDatabase(DATABASE.replace("in-local", "in-other"))
                        .addDocuments(name("t1").replace("in-local", "in-other"))
                        .build())
                .next()
                .hasFound())
        .isFalse();
    assertThat(
            refusalCode(
                () ->
                    firestore
                        .calls()
                        .batchGetDocuments(
                            BatchGetDocumentsRequest.newBuilder()
                                .setDatabase(DATABASE.replace("in-local", "in-other"))
                                .addDocuments(name("t1"))
                                .build())
                        .next()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void whatIsNotCoveredSaysSo() {
    assertNotCovered(
        () -> firestore.calls().partitionQuery(PartitionQueryRequest.getDefaultInstance()));
    assertNotCovered(
        () ->
            firestore.calls().executePipeline(ExecutePipelineRequest.getDefaultInstance()).next());
    assertNotCovered(
        () -> firestore.calls().listDocuments(ListDocumentsRequest.getDefaultInstance()));
    assertNotCovered(() -> firestore.calls().batchWrite(BatchWriteRequest.getDefaultInstance()));
    assertNotCovered(
        () -> firestore.calls().beginTransaction(BeginTransactionRequest.getDefaultInstance()));
    assertNotCovered(() -> firestore.calls().rollback(RollbackRequest.getDefaultInstance()));
  }

  @Test
  void transactionsAndPastVersionsAreRefusedWhereverARequestNamesThem() {
    ByteString transaction = ByteString.copyFromUtf8("t");
    Timestamp past = Timestamp.newBuilder().setSeconds(1).build();
    BatchGetDocumentsRequest get =
        BatchGetDocumentsRequest.newBuilder()
            .setDatabase(DATABASE)
            .addDocuments(name("t1"))
            .build();

    assertNotCovered(
        () ->
            firestore
                .calls()
                .commit(
                    CommitRequest.newBuilder()
                        .setDatabase(DATABASE)
                        .setTransaction(transaction)
                        .build()));
    for (BatchGetDocumentsRequest request :
        List.of(
            get.toBuilder().setTransaction(transaction).build(),
            get.toBuilder().setNewTransaction(TransactionOptions.getDefaultInstance()).build(),
            get.toBuilder().setReadTime(past).build())) {
      assertNotCovered(() -> firestore.calls().batchGetDocuments(request).next());
    }
    assertNotCovered(
        () ->
            firestore
                .calls()
                .runQuery(RunQueryRequest.newBuilder().setParent(ROOT).setReadTime(past).build())
                .next());
    assertNotCovered(
        () ->
            firestore
                .calls()
                .runAggregationQuery(
                    RunAggregationQueryRequest.newBuilder()
                        .setParent(ROOT)
                        .setTransaction(transaction)
                        .build())
                .next());
  }

  @Test
  void transformsAndAggregationsThatAreNotCoveredSaySo() {
    firestore.commit(set(tasks + "/t1", "n", integer(1)));
    Write update = set(tasks + "/t1", "n", integer(1));
    ArrayValue list = ArrayValue.newBuilder().addValues(text("a")).build();

    for (FieldTransform.Builder transform :
        List.of(
            transform("n").setMaximum(integer(9)),
            transform("n").setMinimum(integer(9)),
            transform("n").setAppendMissingElements(list),
            transform("n").setRemoveAllFromArray(list))) {
      assertNotCovered(
          () -> firestore.commit(update.toBuilder().addUpdateTransforms(transform).build()));
    }
    assertNotCovered(
        () ->
            firestore
                .calls()
                .runAggregationQuery(
                    RunAggregationQueryRequest.newBuilder()
                        .setParent(ROOT)
                        .setStructuredAggregationQuery(
                            StructuredAggregationQuery.newBuilder()
                                .setStructuredQuery(
                                    StructuredQuery.newBuilder()
                                        .addFrom(
                                            CollectionSelector.newBuilder().setCollectionId(tasks)))
                                .addAggregations(
                                    Aggregation.newBuilder()
                                        .setSum(
                                            Aggregation.Sum.newBuilder()
                                                .setField(
                                                    FieldReference.newBuilder()
                                                        .setFieldPath("n")))))
                        .build())
                .next());
  }

  private static void assertNotCovered(Runnable call) {
    assertThat(refusalCode(call)).isEqualTo(Status.Code.UNIMPLEMENTED);
  }
}
