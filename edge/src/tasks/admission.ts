import { limits } from "../generated/limits.js";
import { limitExceeded } from "../limits/answer.js";
import type { AdmissionRequest } from "../limits/admissions.js";
import { isBudget } from "../limits/pools.js";
import { recentRefusal, rememberRefusal } from "../limits/recent-refusals.js";
import { type Admission, isRefused, type Rate } from "../limits/usage.js";
import type { Submission } from "./submission.js";
import type { NewTask } from "./task.js";

/** What a task is counted as, once, and against what; nothing where neither limits nor budgets apply. */
export function admissionRequest(task: NewTask): Partial<AdmissionRequest> {
  const { submission, limits: own, pools } = task;
  return own === undefined && pools === undefined
    ? {}
    : {
        demand: demandOf(submission),
        ...(own === undefined ? {} : { limits: own }),
        ...(pools === undefined ? {} : { pools }),
      };
}

/** Whether its account may refuse the task: then it must answer before the task is accepted. */
export function mayBeRefused({ limits: own, pools = [] }: NewTask): boolean {
  return own !== undefined || pools.some((pool) => !isBudget(pool));
}

function demandOf({ features }: Submission): AdmissionRequest["demand"] {
  return {
    submissionsPerMinute: 1,
    submissionsPerDay: 1,
    unitsPerDay: features.length * limits.unitsPerFeature,
  };
}

/**
 * Refuses what the owner's account would refuse, where it has refused something lately: no coordinator is made
 * for it, which would be written and deleted again. Whether others are admitted is for the account to say once
 * the task is stored.
 *
 * @param isNew whether no task can have this id: then what was refused before is refused without asking again
 */
export async function refuseEarly(task: NewTask, isNew: boolean, env: Env): Promise<void> {
  const now = Date.now();
  const { taskId, owner, submission } = task;
  const recent = mayBeRefused(task) ? recentRefusal(owner, now) : undefined;
  if (recent === undefined) {
    return;
  }
  const demand = demandOf(submission);
  const refusal =
    isNew && demand.unitsPerDay === recent.demand.unitsPerDay
      ? recent.admission
      : await env.ACCOUNTS.getByName(owner).refusal(taskId, { ...admissionRequest(task), demand });
  if (refusal !== undefined) {
    throw limitExceeded(refusal, now);
  }
}

/** What is left of the owner's limits, or the problem that they are used up. */
export function admitted(admission: Admission, { owner, submission }: NewTask): readonly Rate[] {
  const now = Date.now();
  if (isRefused(admission)) {
    rememberRefusal(owner, { demand: demandOf(submission), admission }, now);
    throw limitExceeded(admission, now);
  }
  return admission.rates;
}
