package dev.in.emulator.firestore.query;

import com.google.firestore.v1.Document;
import dev.in.emulator.firestore.document.DocumentStore;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a plan over one view of the documents, by looking at each that may match. */
public final class QueryRunner {
  private QueryRunner() {}

  /**
   * @param documents whole, in order
   * @param skipped how many the offset has passed over
   */
  public record Result(List<Document> documents, int skipped) {}

  public static Result run(QueryPlan plan, DocumentStore.View view) {
    var matching = new ArrayList<Document>();
    for (Map.Entry<ResourcePath, Document> entry : view.below(range(plan))) {
      Document document = entry.getValue();
      if (isSelected(plan, entry.getKey())
          && plan.order().covers(document)
          && plan.filter().test(document)
          && plan.order().isFrom(plan.start(), document)
          && plan.order().isUpTo(plan.end(), document)) {
        matching.add(document);
      }
    }
    matching.sort(plan.order());
    int from = Math.min(plan.offset(), matching.size());
    int to = from + Math.min(matching.size() - from, plan.limit().orElse(Integer.MAX_VALUE));
    return new Result(List.copyOf(matching.subList(from, to)), from);
  }

  private static ResourcePath range(QueryPlan plan) {
    return plan.allDescendants() || plan.collectionId().isEmpty()
        ? plan.parent()
        : plan.parent().child(plan.collectionId().get());
  }

  private static boolean isSelected(QueryPlan plan, ResourcePath name) {
    boolean inCollection = plan.collectionId().map(name.collectionGroup()::equals).orElse(true);
    return inCollection && (plan.allDescendants() || name.depth() == plan.parent().depth() + 2);
  }
}
