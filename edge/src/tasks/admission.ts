import { limits } from "../generated/limits.js";
import { limitExceeded } from "../limits/answer.js";
import type { AdmissionRequest } from "../limits/admissions.js";
import { isBudget } from "../limits/pools.js";
import { rememberRefusal, wasRefused } from "../limits/recent-refusals.js";
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
 */
export async function refuseEarly(task: NewTask, env: Env): Promise<void> {
  const now = Date.now();
  const { taskId, owner, submission } = task;
  if (mayBeRefused(task) && wasRefused(owner, now)) {
    const account = env.ACCOUNTS.getByName(owner);
    const request = { ...admissionRequest(task), demand: demandOf(submission) };
    const refusal = await account.refusal(taskId, request);
    if (refusal !== undefined) {
      throw limitExceeded(refusal, now);
    }
  }
}

/** What is left of the owner's limits, or the problem that they are used up. */
export function admitted(admission: Admission, owner: string): readonly Rate[] {
  const now = Date.now();
  if (isRefused(admission)) {
    rememberRefusal(owner, admission, now);
    throw limitExceeded(admission, now);
  }
  return admission.rates;
}
