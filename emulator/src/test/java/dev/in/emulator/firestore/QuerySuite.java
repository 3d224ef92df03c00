package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.FirestoreBackend.await;
import static dev.in.emulator.firestore.FirestoreBackend.refusalCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Filter;
import com.google.cloud.firestore.GeoPoint;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Structured queries. */
abstract class QuerySuite {
  private CollectionReference tasks;

  abstract FirestoreBackend backend();

  @BeforeEach
  void freshCollection() {
    tasks = backend().freshCollection();
  }

  private void given(String id, Object... namesAndValues) {
    var fields = new HashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    await(tasks.document(id).create(fields));
  }

  private void givenNumbers() {
    given("one", "n", 1L, "even", false);
    given("two", "n", 2L, "even", true);
    given("three", "n", 3L, "even", false);
    given("four", "n", 4L, "even", true);
  }

  private static List<String> ids(Query query) {
    return await(query.get()).getDocuments().stream().map(DocumentSnapshot::getId).toList();
  }

  @Test
  void withoutOrderResultsComeByName() {
    givenNumbers();

    assertThat(ids(tasks)).containsExactly("four", "one", "three", "two");
  }

  @Test
  void comparisonsSelectAndImplyTheOrder() {
    givenNumbers();

    assertThat(ids(tasks.whereEqualTo("n", 2))).containsExactly("two");
    assertThat(ids(tasks.whereLessThan("n", 3))).containsExactly("one", "two");
    assertThat(ids(tasks.whereLessThanOrEqualTo("n", 2))).containsExactly("one", "two");
    assertThat(ids(tasks.whereGreaterThan("n", 2))).containsExactly("three", "four");
    assertThat(ids(tasks.whereGreaterThanOrEqualTo("n", 3))).containsExactly("three", "four");
    assertThat(ids(tasks.whereNotEqualTo("n", 2))).containsExactly("one", "three", "four");
  }

  @Test
  void integersAndDoublesCompareByWorth() {
    given("int", "n", 3L);
    given("double", "n", 3.0);
    given("more", "n", 3.5);
    given("huge", "n", 9_007_199_254_740_993L);

    assertThat(ids(tasks.whereEqualTo("n", 3.0))).containsExactly("double", "int");
    assertThat(ids(tasks.whereGreaterThan("n", 9_007_199_254_740_992.0))).containsExactly("huge");
  }

  @Test
  void inequalitiesStayWithinOneType() {
    given("number", "v", 5L);
    given("text", "v", "5");
    given("null", "v", null);
    given("missing", "other", 1L);

    assertThat(ids(tasks.whereGreaterThan("v", 0))).containsExactly("number");
    assertThat(ids(tasks.whereNotEqualTo("v", "5"))).containsExactly("number");
    assertThat(ids(tasks.whereEqualTo("v", null))).containsExactly("null");
    assertThat(ids(tasks.whereNotEqualTo("v", null))).containsExactly("number", "text");
  }

  @Test
  void valuesOfAllTypesHaveOneOrder() {
    var values = new ArrayList<Object>();
    values.add(null);
    values.addAll(List.of(false, true, Double.NaN, Double.NEGATIVE_INFINITY, -1.5, -1L, 0L, 0.5));
    values.addAll(
        List.of(
            Timestamp.ofTimeSecondsAndNanos(1, 0),
            Timestamp.ofTimeSecondsAndNanos(1, 1000),
            "",
            "a",
            "ab",
            "b",
            "\uFFFD",
            "\uD83D\uDE00",
            Blob.fromBytes(new byte[] {1}),
            Blob.fromBytes(new byte[] {-1}),
            tasks.document("a"),
            tasks.document("a").collection("x").document("b"),
            tasks.document("b"),
            new GeoPoint(1, 5),
            new GeoPoint(2, 1),
            List.of(),
            List.of(1L, 2L),
            List.of(2L),
            Map.of(),
            Map.of("a", 1L),
            Map.of("a", 1L, "b", 0L),
            Map.of("a", 2L),
            Map.of("b", 0L)));
    List<Integer> places = new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
    Collections.reverse(places);
    WriteBatch batch = backend().firestore().batch();
    for (int place : places) {
      var fields = new HashMap<String, Object>();
      fields.put("v", values.get(place));
      // Ids against the order, so that it cannot come from them.
      batch.create(tasks.document(String.format("d%02d", 99 - place)), fields);
    }
    await(batch.commit());

    List<String> ascending = ids(tasks.orderBy("v"));
    List<String> descending = ids(tasks.orderBy("v", Direction.DESCENDING));

    assertThat(ascending)
        .containsExactlyElementsOf(
            IntStream.range(0, values.size())
                .mapToObj(i -> String.format("d%02d", 99 - i))
                .toList());
    assertThat(descending).isEqualTo(ascending.reversed());
  }

  @Test
  void membershipFilters() {
    givenNumbers();

    assertThat(ids(tasks.whereIn("n", List.of(4, 1, 9)))).containsExactly("four", "one");
    assertThat(ids(tasks.whereNotIn("n", List.of(4, 1)))).containsExactly("two", "three");
    assertThat(ids(tasks.whereNotIn("n", Arrays.asList(4, null)))).isEmpty();
    assertThat(ids(tasks.whereIn(FieldPath.documentId(), List.of("two", "nobody"))))
        .containsExactly("two");
  }

  @Test
  void arrayFilters() {
    given("ab", "tags", List.of("a", "b"));
    given("bc", "tags", List.of("b", "c"));
    given("text", "tags", "b");

    assertThat(ids(tasks.whereArrayContains("tags", "b"))).containsExactly("ab", "bc");
    assertThat(ids(tasks.whereArrayContainsAny("tags", List.of("c", "d")))).containsExactly("bc");
  }

  @Test
  void notANumberIsAValueOfItsOwn() {
    given("nan", "n", Double.NaN);
    given("one", "n", 1L);
    given("null", "n", null);

    assertThat(ids(tasks.whereEqualTo("n", Double.NaN))).containsExactly("nan");
    assertThat(ids(tasks.whereNotEqualTo("n", Double.NaN))).containsExactly("one");
    assertThat(ids(tasks.whereLessThan("n", 5))).containsExactly("one");
  }

  @Test
  void alternativesAndConjunctionsNest() {
    givenNumbers();

    Query query =
        tasks.where(
            Filter.or(
                Filter.equalTo("n", 1),
                Filter.and(Filter.equalTo("even", true), Filter.greaterThan("n", 2))));

    assertThat(ids(query)).containsExactly("one", "four");
  }

  @Test
  void nestedFieldsAreFilteredAndSorted() {
    given("a", "stages", Map.of("ai", Map.of("status", "running", "attempts", 2L)));
    given("b", "stages", Map.of("ai", Map.of("status", "running", "attempts", 1L)));
    given("c", "stages", Map.of("ai", Map.of("status", "failed", "attempts", 0L)));

    assertThat(ids(tasks.whereEqualTo("stages.ai.status", "running").orderBy("stages.ai.attempts")))
        .containsExactly("b", "a");
  }

  @Test
  void documentsWithoutTheSortFieldAreLeftOut() {
    given("with", "n", 1L);
    given("without", "m", 1L);

    assertThat(ids(tasks.orderBy("n"))).containsExactly("with");
  }

  @Test
  void equalSortValuesComeByNameInTheSameDirection() {
    given("a", "n", 1L);
    given("b", "n", 1L);
    given("c", "n", 0L);

    assertThat(ids(tasks.orderBy("n"))).containsExactly("c", "a", "b");
    assertThat(ids(tasks.orderBy("n", Direction.DESCENDING))).containsExactly("b", "a", "c");
  }

  @Test
  void limitOffsetAndLimitToLastCut() {
    givenNumbers();

    assertThat(ids(tasks.orderBy("n").offset(1).limit(2))).containsExactly("two", "three");
    assertThat(ids(tasks.orderBy("n").limitToLast(2))).containsExactly("three", "four");
    assertThat(ids(tasks.orderBy("n").offset(9))).isEmpty();
  }

  @Test
  void cursorsIncludeOrExcludeTheirPlace() {
    givenNumbers();
    Query byNumber = tasks.orderBy("n");

    assertThat(ids(byNumber.startAt(2))).containsExactly("two", "three", "four");
    assertThat(ids(byNumber.startAfter(2))).containsExactly("three", "four");
    assertThat(ids(byNumber.endAt(2))).containsExactly("one", "two");
    assertThat(ids(byNumber.endBefore(2))).containsExactly("one");
    assertThat(ids(byNumber.startAt(1.5).endAt(3.5))).containsExactly("two", "three");
  }

  @Test
  void aPageContinuesAfterTheLastDocumentOfTheOneBefore() {
    IntStream.range(0, 5).forEach(i -> given("d" + i, "n", 1L));
    Query page = tasks.orderBy("n").limit(2);
    var seen = new ArrayList<String>();

    List<QueryDocumentSnapshot> documents = await(page.get()).getDocuments();
    while (!documents.isEmpty()) {
      documents.forEach(document -> seen.add(document.getId()));
      assertThat(seen).hasSizeLessThanOrEqualTo(5);
      documents = await(page.startAfter(documents.getLast()).get()).getDocuments();
    }

    assertThat(seen).containsExactly("d0", "d1", "d2", "d3", "d4");
  }

  @Test
  void aCollectionGroupReachesEveryDepth() {
    String group = "runs" + tasks.getId();
    await(tasks.document("a").collection(group).document("r1").create(Map.of("n", 1L)));
    await(tasks.document("b").collection(group).document("r0").create(Map.of("n", 2L)));
    await(tasks.document("c").create(Map.of("n", 3L)));

    assertThat(ids(backend().firestore().collectionGroup(group).whereGreaterThan("n", 0)))
        .containsExactly("r1", "r0");
    assertThat(ids(tasks)).containsExactly("c");
  }

  @Test
  void aProjectionReturnsOnlyItsFields() {
    given("a", "n", 1L, "m", Map.of("x", 1L, "y", 2L));

    assertThat(await(tasks.select("m.y").get()).getDocuments().getFirst().getData())
        .isEqualTo(Map.of("m", Map.of("y", 2L)));
    assertThat(
            await(tasks.select(FieldPath.documentId()).get()).getDocuments().getFirst().getData())
        .isEmpty();
  }

  @Test
  void resultsAreCounted() {
    givenNumbers();

    assertThat(await(tasks.count().get()).getCount()).isEqualTo(4);
    assertThat(await(tasks.whereGreaterThan("n", 2).count().get()).getCount()).isEqualTo(2);
    assertThat(await(tasks.limit(3).count().get()).getCount()).isEqualTo(3);
  }

  @Test
  void tooManyAlternativesAreRefused() {
    assumeThat(backend().features().limitsDisjunctions()).isTrue();
    List<Integer> thirtyOne = IntStream.range(0, 31).boxed().toList();

    assertThat(ids(tasks.whereIn("n", thirtyOne.subList(0, 30)))).isEmpty();
    assertThat(refusalCode(tasks.whereIn("n", thirtyOne).get()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }
}
