/** Limits that the edge shares with the functions. */
export const limits = {
  /** Of an image. */
  maxImageBytes: 50 * 1024 * 1024,
  /** Of a task's `result`, as UTF-8 JSON. */
  maxResultBytes: 64 * 1024,
  /** A task's id; Firestore reserves document ids that match `__.*__`. */
  taskId: /^(?!__.*__$)[A-Za-z0-9_-]{16,64}$/,
} as const;
