import type { Change } from "../edge/account-feed.js";
import type { Api } from "../edge/api.js";
import { type Listeners, runOnEvery } from "../listeners.js";
import type { TaskView } from "../result/task-view.js";

/**
 * Reports every state of a task once, in order, from its submission on. Rejects with a `ProblemError`
 * (`not_found`: no such task), or when the signal is aborted.
 */
export async function track(
  api: Api,
  changes: Listeners<Change>,
  taskId: string,
  report: (view: TaskView) => void,
  signal: AbortSignal,
): Promise<never> {
  let lastId = "0";
  const read = async (): Promise<void> => {
    const options = { lastEventId: lastId, signal };
    for (const { id, task } of await api.client.tasks.history(taskId, options)) {
      lastId = id;
      report(task);
    }
  };
  const concerns = (changed: Change): boolean => changed === undefined || changed === taskId;
  return await runOnEvery(changes, concerns, read, signal);
}
