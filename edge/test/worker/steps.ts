/** Where an object calls another one, or something outside: before the call, and after its answer. */
export type Where = "before" | "after";

/** What goes wrong, once, at one step of one owner. */
export interface Fault {
  readonly owner: string;
  readonly step: string;
  /**
   * `stop`: nothing of this owner goes on, until the process is killed. `hang`: this call is never
   * answered. `error`: it fails, before it is made or after it was carried out. `reset`: the object that
   * calls is thrown out of memory, with all that it was doing.
   */
  readonly kind: "stop" | "hang" | "error" | "reset";
}

/** What goes wrong in this process. */
let faults: readonly Fault[] = [];
const counts = new Map<string, number>();
const stopped = new Set<string>();

export function setFaults(all: readonly Fault[]): void {
  faults = all;
}

/** Logs the step, and does what goes wrong there. */
async function reach(owner: string, name: string, reset: () => void): Promise<void> {
  const key = `${owner} ${name}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  const step = `${name} ${count}`;
  console.log(JSON.stringify({ message: "step", owner, step }));
  const fault = faults.find((one) => one.owner === owner && one.step === step);
  if (fault !== undefined) {
    console.log(JSON.stringify({ message: "fault", owner, step }));
  }
  if (fault?.kind === "stop") {
    stopped.add(owner);
  }
  if (fault?.kind === "error") {
    throw new Error("a fault of the test");
  }
  if (fault?.kind === "reset") {
    reset();
  }
  if (stopped.has(owner) || fault?.kind === "hang") {
    await new Promise(() => undefined);
  }
}

/** Makes a call as two steps of an owner. */
export async function stepped<T>(
  owner: string,
  name: string,
  reset: () => void,
  call: () => Promise<T>,
): Promise<T> {
  await reach(owner, `before ${name}`, reset);
  const answer = await call();
  await reach(owner, `after ${name}`, reset);
  return answer;
}
