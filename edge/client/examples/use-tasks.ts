import { useEffect, useSyncExternalStore } from "react";
import type { StoredTask, TaskStore } from "in-client/store";

/** The owner's latest tasks in a component of React, up to date while it is mounted. */
export function useTasks(store: TaskStore): readonly StoredTask[] {
  useEffect(() => {
    const leaving = new AbortController();
    store.follow({ signal: leaving.signal }).catch((error: unknown) => {
      if (!leaving.signal.aborted) {
        console.error("tasks are no longer up to date", error);
      }
    });
    return () => leaving.abort();
  }, [store]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot).tasks;
}
