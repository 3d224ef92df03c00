package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import dev.in.emulator.firestore.document.DocumentStore;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reading documents by name. */
public final class DocumentReads {
  private final DocumentStore store;
  private final Usage usage;

  public DocumentReads(DocumentStore store, Usage usage) {
    this.store = requireNonNull(store, "store is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  Document get(GetDocumentRequest request) {
    ResourcePath name = ResourcePath.document(request.getName());
    UnaryOperator<Document> mask = mask(request.hasMask(), request.getMask());
    Optional<Document> document = store.read(view -> view.get(name));
    usage.readByName(List.of(name));
    return document
        .map(mask)
        .orElseThrow(() -> Errors.notFound("Document \"%s\" not found.", name));
  }

  /** One answer for each distinct name, in the order asked. */
  List<BatchGetDocumentsResponse> batchGet(BatchGetDocumentsRequest request) {
    Errors.checkNewest(request.getConsistencySelectorCase().getNumber());
    ResourcePath root = ResourcePath.database(request.getDatabase());
    List<ResourcePath> names =
        request.getDocumentsList().stream().map(ResourcePath::document).distinct().toList();
    names.forEach(name -> checkInside(root, name));
    UnaryOperator<Document> mask = mask(request.hasMask(), request.getMask());
    List<BatchGetDocumentsResponse> responses =
        store.read(view -> names.stream().map(name -> response(view, name, mask)).toList());
    usage.readByName(names);
    return responses;
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

  static UnaryOperator<Document> mask(boolean hasMask, DocumentMask mask) {
    if (!hasMask) {
      return UnaryOperator.identity();
    }
    List<FieldPath> paths = mask.getFieldPathsList().stream().map(FieldPath::parse).toList();
    return document -> Fields.project(document, paths);
  }

  static void checkInside(ResourcePath root, ResourcePath name) {
    if (!root.project().equals(name.project())) {
      throw Errors.invalid("Document \"%s\" is not in database \"%s\".", name, root.databaseName());
    }
  }
}
