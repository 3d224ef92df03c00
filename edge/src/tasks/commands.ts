import { isTerminal } from "./summary.js";
import { isDeleted, type StoredTask } from "./task.js";

/** What an operator may do to a task. */
export const COMMANDS = ["redrive", "cancel", "delete"] as const;
export type Command = (typeof COMMANDS)[number];

/** One command by one caller; sent again under the same id it is still one. */
export interface Operation {
  readonly operationId: string;
  readonly command: Command;
  /** The run that it opened, or found. */
  readonly run: number;
}

/** @property repeated whether it was accepted before, so that nothing is left to do */
export interface Accepted {
  readonly operation: Operation;
  readonly repeated: boolean;
}

/** A command that is to be published, for `recovery`, which alone executes it. */
export interface PendingCommand {
  readonly type: `task.${Command}`;
  readonly operationId: string;
  /** Of a redrive the new run, else the run at that time. */
  readonly run: number;
  readonly issuedAt: number;
  /** Of a deletion: the upload that was the task's image. */
  readonly uploadId?: string;
}

export type CommandRefusal =
  | "unknown_task"
  | "operation_conflict"
  /** Only a failed task can be redriven. */
  | "task_not_failed"
  /** There is nothing to cancel. */
  | "task_ended";

export type CommandResult = Accepted | CommandRefusal;

export function isRefusal(result: CommandResult): result is CommandRefusal {
  return typeof result === "string";
}

const MAX_OPERATIONS = 32;

export function withOperation(
  operations: readonly Operation[] = [],
  operation: Operation,
): readonly Operation[] {
  return [...operations, operation].slice(-MAX_OPERATIONS);
}

export function pendingCommand(operation: Operation, issuedAt: number): PendingCommand {
  const { command, operationId, run } = operation;
  return { type: `task.${command}`, operationId, run, issuedAt };
}

/** What a command would do to a task, or why it is refused. */
export function decide(
  task: StoredTask | undefined,
  command: Command,
  operationId: string,
): CommandResult {
  if (task === undefined) {
    return "unknown_task";
  }
  if (isDeleted(task)) {
    const operation = { operationId, command, run: task.run };
    return command === "delete" ? { operation, repeated: true } : "unknown_task";
  }
  const known = task.operations?.find((operation) => operation.operationId === operationId);
  if (known !== undefined) {
    return known.command === command ? { operation: known, repeated: true } : "operation_conflict";
  }
  const { run, status } = task.summary;
  switch (command) {
    case "redrive":
      return status === "failed" ? accepted(run + 1) : "task_not_failed";
    case "cancel":
      return isTerminal(status) ? "task_ended" : accepted(run);
    case "delete":
      return accepted(run);
  }

  function accepted(itsRun: number): Accepted {
    return { operation: { operationId, command, run: itsRun }, repeated: false };
  }
}
