/** The value that so much of all (0 to 1) does not exceed, to a tenth. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.max(0, Math.ceil(sorted.length * share) - 1);
  return rounded(sorted[index] ?? NaN);
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Says on standard error what is being done. */
export function progress(text: string): void {
  console.error(`bench: ${text}`);
}

/** Some at a time. */
export async function sideBySide<T>(
  all: readonly T[],
  concurrency: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = all.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) {
      await work(one);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
