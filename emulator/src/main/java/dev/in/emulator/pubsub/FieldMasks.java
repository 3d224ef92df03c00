package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.Checks.check;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;
import java.util.List;

/** Updates of some fields only. */
final class FieldMasks {
  private static final MergeOptions REPLACE =
      new MergeOptions()
          .setReplaceMessageFields(true)
          .setReplaceRepeatedFields(true)
          .setReplacePrimitiveFields(true);

  private FieldMasks() {}

  /** The current settings with the masked fields of the wanted ones; others must not be masked. */
  static <T extends Message> T merge(T current, T wanted, FieldMask mask, String... changeable) {
    check(mask.getPathsCount() > 0, "The update_mask must name a field");
    List<String> allowed = List.of(changeable);
    for (String path : mask.getPathsList()) {
      check(
          allowed.contains(path.split("\\.", 2)[0])
              && FieldMaskUtil.isValid(current.getDescriptorForType(), path),
          "Invalid update_mask: " + path + " is not a field that can be changed");
    }
    Message.Builder next = current.toBuilder();
    FieldMaskUtil.merge(mask, wanted, next, REPLACE);
    @SuppressWarnings("unchecked") // Built from a T.
    T merged = (T) next.build();
    return merged;
  }
}
