/** Longer than another object ever takes to answer. */
const CALL_TIMEOUT_MS = 5_000;

/** A call to another object, which may hang: whoever waits for it comes again by an alarm. */
export async function withinTimeout<T>(call: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const timeout = new Promise<never>((_resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${CALL_TIMEOUT_MS} ms`));
    timer = setTimeout(late, CALL_TIMEOUT_MS);
  });
  try {
    return await Promise.race([call, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
