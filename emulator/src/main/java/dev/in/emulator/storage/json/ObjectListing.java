package dev.in.emulator.storage.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.emulator.storage.http.Parameters;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One page of a bucket's objects, in UTF-8 order of their names. With a delimiter, names that go on
 * after it are folded into one prefix.
 */
final class ObjectListing {
  private static final int MAX_RESULTS = 1000;
  private static final Comparator<String> BY_UTF8 =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** The last two change nothing, since there are neither folders nor earlier versions. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "delimiter", "maxResults", "pageToken", "prefix", "includeFoldersAsPrefixes", "versions");

  private final Parameters parameters;
  private final String prefix;
  private final Optional<String> delimiter;
  private final List<StoredObject> items = new ArrayList<>();
  private final Set<String> prefixes = new LinkedHashSet<>();
  private Optional<String> nextToken = Optional.empty();

  ObjectListing(Parameters parameters, List<StoredObject> objects) {
    parameters.allowOnly(PARAMETERS);
    this.parameters = parameters;
    prefix = parameters.text("prefix").orElse("");
    delimiter = parameters.text("delimiter").filter(text -> !text.isEmpty());
    fill(objects);
  }

  private void fill(List<StoredObject> objects) {
    int most =
        (int) Math.clamp(parameters.number("maxResults").orElse(MAX_RESULTS), 1, MAX_RESULTS);
    Optional<String> after = parameters.text("pageToken").map(ObjectListing::fromToken);
    String last = "";
    for (StoredObject object : sorted(objects)) {
      String name = object.id().name();
      Optional<String> folded = folded(name);
      String place = folded.orElse(name);
      if (after.isPresent() && BY_UTF8.compare(place, after.get()) <= 0) {
        continue;
      }
      boolean isNew = folded.map(place0 -> !prefixes.contains(place0)).orElse(true);
      if (isNew && items.size() + prefixes.size() == most) {
        nextToken = Optional.of(toToken(last));
        return;
      }
      folded.ifPresentOrElse(prefixes::add, () -> items.add(object));
      last = place;
    }
  }

  private List<StoredObject> sorted(List<StoredObject> objects) {
    return objects.stream()
        .filter(object -> object.id().name().startsWith(prefix))
        .sorted(Comparator.comparing(object -> object.id().name(), BY_UTF8))
        .toList();
  }

  private Optional<String> folded(String name) {
    return delimiter
        .map(text -> new int[] {name.indexOf(text, prefix.length()), text.length()})
        .filter(found -> found[0] >= 0)
        .map(found -> name.substring(0, found[0] + found[1]));
  }

  private static String toToken(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String fromToken(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageFailure.invalid("Invalid page token.");
    }
  }

  ObjectNode resource(Resources resources) {
    ObjectNode node = Resources.node("objects");
    nextToken.ifPresent(token -> node.put("nextPageToken", token));
    if (!prefixes.isEmpty()) {
      ArrayNode array = node.putArray("prefixes");
      prefixes.forEach(array::add);
    }
    if (!items.isEmpty()) {
      ArrayNode array = node.putArray("items");
      items.forEach(item -> array.add(resources.object(item)));
    }
    return node;
  }
}
