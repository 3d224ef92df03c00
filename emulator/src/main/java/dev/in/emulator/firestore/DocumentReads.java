package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reading documents by name or by the collection they are in. */
final class DocumentReads {
  private final Database database;
  private final ReadScopes scopes;
  private final Usage usage;

  DocumentReads(Database database, ReadScopes scopes, Usage usage) {
    this.database = requireNonNull(database, "database is null");
    this.scopes = requireNonNull(scopes, "scopes is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  Document get(GetDocumentRequest request) {
    ResourcePath name = ResourcePath.document(request.getName());
    UnaryOperator<Document> mask = mask(request.hasMask(), request.getMask());
    Optional<Document> document =
        database.read(scopes.of(request), Database.locksFor(List.of(name)), view -> view.get(name));
    usage.readByName(List.of(name));
    return document
        .map(mask)
        .orElseThrow(() -> Errors.notFound("Document \"%s\" not found.", name));
  }

  /** One answer for each distinct name, in the order asked. */
  List<BatchGetDocumentsResponse> batchGet(BatchGetDocumentsRequest request) {
    ResourcePath root = ResourcePath.database(request.getDatabase());
    List<ResourcePath> names =
        request.getDocumentsList().stream().map(ResourcePath::document).distinct().toList();
    names.forEach(name -> checkInside(root, name));
    UnaryOperator<Document> mask = mask(request.hasMask(), request.getMask());
    ReadScope scope = scopes.of(request);
    List<BatchGetDocumentsResponse> responses =
        database.read(
            scope,
            Database.locksFor(names),
            view -> names.stream().map(name -> response(view, name, mask)).toList());
    usage.readByName(names);
    return scope.begun() ? announcing(scope, responses) : responses;
  }

  private static BatchGetDocumentsResponse response(
      DocumentStore.View view, ResourcePath name, UnaryOperator<Document> mask) {
    var response =
        BatchGetDocumentsResponse.newBuilder().setReadTime(Micros.timestamp(view.readMicros()));
    view.get(name)
        .map(mask)
        .ifPresentOrElse(response::setFound, () -> response.setMissing(name.toString()));
    return response.build();
  }

  /** The id of a transaction that the read began comes first, in an answer of its own. */
  private static List<BatchGetDocumentsResponse> announcing(
      ReadScope scope, List<BatchGetDocumentsResponse> responses) {
    var announced = new ArrayList<BatchGetDocumentsResponse>();
    announced.add(
        BatchGetDocumentsResponse.newBuilder().setTransaction(scope.announcement()).build());
    announced.addAll(responses);
    return announced;
  }

  ListDocumentsResponse list(ListDocumentsRequest request) {
    if (!request.getOrderBy().isEmpty() && !request.getOrderBy().equals("__name__")) {
      throw Errors.uncovered("listing documents in another order than by name");
    }
    if (request.getCollectionId().isEmpty()) {
      throw Errors.uncovered("listing documents of all collections at once");
    }
    ResourcePath.checkId(request.getCollectionId());
    ResourcePath parent = ResourcePath.parent(request.getParent());
    ResourcePath collection = parent.child(request.getCollectionId());
    Map<LockTable.Key, LockTable.Mode> locks =
        Map.of(
            new LockTable.GroupKey(parent.project(), request.getCollectionId()),
            LockTable.Mode.READ);
    List<Document> all =
        database.read(
            scopes.of(request),
            locks,
            view -> Listing.documents(view, collection, request.getShowMissing()));
    Listing.Page<Document> page =
        Listing.page(
            all,
            document -> ResourcePath.document(document.getName()).id(),
            request.getPageSize(),
            request.getPageToken());
    usage.list(request.getCollectionId(), page.entries().size());
    UnaryOperator<Document> mask = mask(request.hasMask(), request.getMask());
    return ListDocumentsResponse.newBuilder()
        .addAllDocuments(page.entries().stream().map(mask).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  ListCollectionIdsResponse listCollectionIds(ListCollectionIdsRequest request) {
    ResourcePath parent = ResourcePath.parent(request.getParent());
    List<String> all =
        database.read(scopes.of(request), Map.of(), view -> Listing.collectionIds(view, parent));
    Listing.Page<String> page =
        Listing.page(all, UnaryOperator.identity(), request.getPageSize(), request.getPageToken());
    return ListCollectionIdsResponse.newBuilder()
        .addAllCollectionIds(page.entries())
        .setNextPageToken(page.nextToken())
        .build();
  }

  static UnaryOperator<Document> mask(boolean hasMask, DocumentMask mask) {
    if (!hasMask) {
      return UnaryOperator.identity();
    }
    List<FieldPath> paths = mask.getFieldPathsList().stream().map(FieldPath::parse).toList();
    return document -> QueryRunner.projected(document, Optional.of(paths));
  }

  static void checkInside(ResourcePath root, ResourcePath name) {
    if (!root.project().equals(name.project())) {
      throw Errors.invalid("Document \"%s\" is not in database \"%s\".", name, root.databaseName());
    }
  }
}
