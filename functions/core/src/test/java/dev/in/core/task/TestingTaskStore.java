package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Task documents in memory, guarded as Firestore guards them, with planned faults. Safe for use by
 * several threads; hooks run outside of any lock.
 */
public final class TestingTaskStore implements TaskStore {
  /** What can be asked of a store. */
  public enum Call {
    CREATE,
    READ,
    UPDATE,
    DELETE
  }

  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> tombstones = new HashSet<>();
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final Map<Call, Deque<PlannedFault>> planned = new EnumMap<>(Call.class);
  private long writes;

  public TestingTaskStore() {
    for (Call call : Call.values()) {
      planned.put(call, new ArrayDeque<>());
    }
  }

  @Override
  public Optional<StoredTask> create(TaskDocument document, Deadline deadline) {
    return perform(Call.CREATE, () -> createGuarded(document));
  }

  @Override
  public Optional<StoredTask> read(String taskId, Deadline deadline) {
    return perform(Call.READ, () -> get(taskId));
  }

  @Override
  public Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline) {
    return perform(Call.UPDATE, () -> updateGuarded(before, after, changed));
  }

  @Override
  public void delete(String taskId, Instant expiresAt, Deadline deadline) {
    perform(
        Call.DELETE,
        () -> {
          bury(taskId);
          return Optional.empty();
        });
  }

  /** The document as it is, without counting as a call. */
  public Optional<TaskDocument> document(String taskId) {
    return get(taskId).map(StoredTask::document);
  }

  /** Puts a document there, whatever was there before. */
  public synchronized StoredTask put(TaskDocument document) {
    Entry entry = new Entry(document, ++writes);
    entries.put(document.task().taskId(), entry);
    return entry.stored();
  }

  /** Removes a document without a trace, as Firestore does when its time is up. */
  public synchronized void expire(String taskId) {
    entries.remove(taskId);
  }

  private synchronized void bury(String taskId) {
    entries.remove(taskId);
    tombstones.add(taskId);
  }

  /** All calls in their order, those that failed included. */
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Plans how the next such call goes that nothing is planned for yet. */
  public synchronized void plan(Call call, PlannedFault fault) {
    planned.get(call).add(requireNonNull(fault, "fault is null"));
  }

  /** Everything goes well from now on. */
  public synchronized void planNothing() {
    planned.values().forEach(Deque::clear);
  }

  private Optional<StoredTask> perform(Call call, Supplier<Optional<StoredTask>> effect) {
    calls.add(call);
    PlannedFault fault;
    synchronized (this) {
      fault = planned.get(call).poll();
    }
    return fault == null ? effect.get() : fault.around(effect);
  }

  private synchronized Optional<StoredTask> createGuarded(TaskDocument document) {
    String taskId = document.task().taskId();
    return entries.containsKey(taskId) || tombstones.contains(taskId)
        ? Optional.empty()
        : Optional.of(put(document));
  }

  private synchronized Optional<StoredTask> get(String taskId) {
    return Optional.ofNullable(entries.get(taskId)).map(Entry::stored);
  }

  private synchronized Optional<StoredTask> updateGuarded(
      StoredTask before, TaskDocument after, Stage changed) {
    Entry current = entries.get(after.task().taskId());
    if (current == null || !new Version(current.version()).equals(before.version())) {
      return Optional.empty();
    }
    StoredTask written = put(merged(current.document(), after, changed));
    return Optional.of(new StoredTask(after, written.version()));
  }

  /** Only what the interface names is written. */
  private static TaskDocument merged(TaskDocument current, TaskDocument after, Stage changed) {
    Map<Stage, StageState> stages = new EnumMap<>(current.stages());
    stages.put(changed, after.stage(changed));
    return new TaskDocument(
        new TaskRef(current.task().taskId(), after.task().run(), current.task().traceId()),
        after.status(),
        current.input(),
        current.features(),
        current.skipAnalysis(),
        current.routing(),
        stages,
        current.createdAt(),
        after.runStartedAt(),
        after.updatedAt(),
        current.expiresAt());
  }

  private record Version(long number) implements StoredTask.Version {}

  private record Entry(TaskDocument document, long version) {
    StoredTask stored() {
      return new StoredTask(document, new Version(version));
    }
  }
}
