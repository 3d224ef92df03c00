import { setTimeout as delay } from "node:timers/promises";

/** Asks again until the answer is there (not undefined or false), for ten seconds at most. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`it did not happen within 10 s: ${what}`);
    }
    await delay(10);
  }
}
