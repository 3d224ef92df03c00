package dev.in.emulator.firestore.document;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.firestore.v1.WriteResult;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one {@link Write} makes of one document; a pure function. */
public final class Writes {
  private Writes() {}

  /**
   * @param document the document afterwards, empty when there is none
   */
  public record Outcome(Optional<Document> document, WriteResult result) {}

  /** The document that a write is about. */
  public static ResourcePath target(Write write) {
    return ResourcePath.document(
        switch (write.getOperationCase()) {
          case UPDATE -> write.getUpdate().getName();
          case DELETE -> write.getDelete();
          case TRANSFORM -> write.getTransform().getDocument();
          case OPERATION_NOT_SET -> throw Errors.invalid("A write has no operation.");
        });
  }

  public static boolean isDelete(Write write) {
    return write.getOperationCase() == Write.OperationCase.DELETE;
  }

  /**
   * @param stored the document as it is now
   * @param commitMicros the time of the commit that this write is part of
   */
  static Outcome apply(Write write, Optional<Document> stored, long commitMicros) {
    ResourcePath target = target(write);
    checkShape(write);
    Preconditions.check(write.getCurrentDocument(), target, stored);
    if (isDelete(write)) {
      return new Outcome(Optional.empty(), WriteResult.getDefaultInstance());
    }
    Map<String, Value> fields = write.hasUpdate() ? updated(write, stored) : storedFields(stored);
    var result = WriteResult.newBuilder();
    for (FieldTransform transform : transforms(write)) {
      Transforms.Applied applied = Transforms.apply(fields, transform, commitMicros);
      fields = applied.fields();
      result.addTransformResults(applied.result());
    }
    Document document = version(target, DocumentRules.storable(fields), stored, commitMicros);
    DocumentRules.checkSize(document);
    return new Outcome(
        Optional.of(document), result.setUpdateTime(document.getUpdateTime()).build());
  }

  private static void checkShape(Write write) {
    if (!write.hasUpdate() && (write.hasUpdateMask() || write.getUpdateTransformsCount() > 0)) {
      throw Errors.invalid("Only an update may have a mask or update transforms.");
    }
  }

  private static List<FieldTransform> transforms(Write write) {
    return write.hasTransform()
        ? write.getTransform().getFieldTransformsList()
        : write.getUpdateTransformsList();
  }

  /** With a mask only its fields change, and those missing in the update are removed. */
  private static Map<String, Value> updated(Write write, Optional<Document> stored) {
    Map<String, Value> given = write.getUpdate().getFieldsMap();
    if (!write.hasUpdateMask()) {
      return given;
    }
    Map<String, Value> fields = storedFields(stored);
    for (String text : write.getUpdateMask().getFieldPathsList()) {
      FieldPath path = FieldPath.parse(text);
      path.names().forEach(DocumentRules::checkFieldName);
      Optional<Value> value = Fields.get(given, path);
      fields =
          value.isPresent() ? Fields.with(fields, path, value.get()) : Fields.without(fields, path);
    }
    return fields;
  }

  private static Map<String, Value> storedFields(Optional<Document> stored) {
    return stored.map(Document::getFieldsMap).orElse(Map.of());
  }

  /** A write that changes nothing leaves the document, and its update time, as they were. */
  private static Document version(
      ResourcePath name, Map<String, Value> fields, Optional<Document> stored, long commitMicros) {
    if (stored.isPresent() && stored.get().getFieldsMap().equals(fields)) {
      return stored.get();
    }
    var now = Micros.timestamp(commitMicros);
    return Document.newBuilder()
        .setName(name.toString())
        .putAllFields(fields)
        .setCreateTime(stored.map(Document::getCreateTime).orElse(now))
        .setUpdateTime(now)
        .build();
  }
}
