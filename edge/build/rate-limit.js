// Stands in for Cloudflare's rate limit binding where the worker runs on plain workerd: an internal module of its
// configuration (workerd-config.js). Exact, and of this process alone.

/**
 * @param {{ limit: string | null, period: number }} settings no limit: everything succeeds
 * @returns {{ limit: (request: { key: string }) => Promise<{ success: boolean }> }}
 */
export default function rateLimit({ limit, period }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let window = 0;
  return {
    limit({ key }) {
      const current = Math.floor(Date.now() / (period * 1_000));
      if (current !== window) {
        window = current;
        counts.clear();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return Promise.resolve({ success: limit === null || limit === "" || count <= Number(limit) });
    },
  };
}
