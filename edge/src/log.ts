export type Severity = "INFO" | "WARNING" | "ERROR";

/** What a line may carry beside its message. Never a URL of a user, a token or a key. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line of JSON, with the field names that Cloud Logging reads. */
export function log(severity: Severity, message: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ severity, message, time: new Date().toISOString(), ...fields }));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
